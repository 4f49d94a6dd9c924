import getPort from 'get-port';
import { randomBytes } from 'node:crypto';
import { waitUntil } from '../../../common/wait.ts';
import { applyObjects } from '../../kube/apply.ts';
import type { LiveObject } from '../../kube/objects.ts';
import type { ProcessRuntime } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import type { InstallContext } from '../engine.ts';
import { containerCommand, readConfigMaps } from '../workload.ts';
import {
  apiServer,
  applicationController,
  notificationsController,
  redis,
  repoServer,
  type HostPlace,
} from './components.ts';
import { installTimeoutMs } from './install-timeout.ts';
import { imageUpdaterComponent, updaterObjects } from './image-updater.ts';
import { argocdNamespace, pushReceiverUrl, workloads } from './manifests.ts';
import type { ArgocdOptions } from './options.ts';
import type { ArgocdParts, ArgocdPrograms } from './programs.ts';

/** Has the Image Updater keep the image that the application follows; undefined where it follows none. */
async function startImageUpdater(
  { lab, application, options, signal }: InstallContext<ArgocdOptions>,
  place: HostPlace,
): Promise<ComponentSpec | undefined> {
  const { follows } = application;
  if (follows === undefined) return undefined;
  await applyObjects(lab.access, updaterObjects(application, follows), signal);
  const updater = await imageUpdaterComponent(place, follows, options);
  await lab.run(updater);
  return updater;
}

/** Starts the parts that only some features need; where pushes are taken then. */
async function startFurtherComponents(
  { lab, features, signal }: InstallContext<ArgocdOptions>,
  place: HostPlace,
  configMaps: Awaited<ReturnType<typeof readConfigMaps>>,
): Promise<string | undefined> {
  const commandOf = async (name: string) =>
    containerCommand(await lab.access.get(`${workloads}/deployments/${name}`), configMaps);
  if (features.includes('notifications')) {
    await lab.run(await notificationsController(place, await commandOf('argocd-notifications-controller')));
  }
  if (!features.includes('webhooks')) return undefined;
  const port = await getPort({ host: '127.0.0.1' });
  const { ended } = await lab.run(await apiServer(place, await commandOf('argocd-server'), port));
  await waitUntil(
    async () => ((await fetch(`http://127.0.0.1:${port}/healthz`, { signal })).ok ? true : undefined),
    { goal: 'the API server of Argo CD to be ready', timeoutMs: installTimeoutMs, signal, hopeless: ended },
  );
  return pushReceiverUrl(`127.0.0.1:${port}`);
}

/** Starts the parts of Argo CD that the lab needs, as their workloads in the cluster say. */
async function startComponents(
  context: InstallContext<ArgocdOptions>,
  { writeKubeconfig }: ProcessRuntime,
  redisPassword: string,
): Promise<ArgocdParts> {
  const { lab, tools } = context;
  const [configMaps, repoServerWorkload, controllerWorkload] = await Promise.all([
    readConfigMaps(lab.access, argocdNamespace),
    lab.access.get(`${workloads}/deployments/argocd-repo-server`),
    lab.access.get(`${workloads}/statefulsets/argocd-application-controller`),
  ]);
  const redisPort = await getPort({ host: '127.0.0.1' });
  const repoServerPort = await getPort({ host: '127.0.0.1' });
  const place = { lab, writeKubeconfig, tools, redisPassword, redisPort, repoServerPort };
  const controller = await applicationController(place, containerCommand(controllerWorkload, configMaps));
  await lab.run(await redis(place));
  await lab.run(await repoServer(place, containerCommand(repoServerWorkload, configMaps)));
  await lab.run(controller);
  const updater = await startImageUpdater(context, place);
  return { controller, updater, pushUrl: await startFurtherComponents(context, place, configMaps) };
}

/** The password of the cache, which its own Deployment would make in an init container. */
function cachePassword(auth: string): LiveObject {
  const metadata = { name: 'argocd-redis', namespace: argocdNamespace };
  return { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { auth } };
}

/** The parts as processes of this machine, each run as its workload says. */
export function programsOnHost(
  context: InstallContext<ArgocdOptions>,
  runtime: ProcessRuntime,
): ArgocdPrograms {
  const redisPassword = randomBytes(24).toString('base64url');
  return {
    manifests: async (objects) => Promise.resolve([...objects, cachePassword(redisPassword)]),
    start: async () => startComponents(context, runtime, redisPassword),
    crash: runtime.crash,
  };
}
