import getPort from 'get-port';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { waitUntil } from '../../../common/wait.ts';
import { applyObjects, parseManifests } from '../../kube/apply.ts';
import type { LiveObject, ObjectReference } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { EngineNotices, InstallContext, StartedEngine } from '../engine.ts';
import { containerCommand, readConfigMaps } from '../workload.ts';
import {
  apiServer,
  applicationController,
  notificationsController,
  redis,
  repoServer,
  type HostPlace,
} from './components.ts';
import { imageUpdaterComponent, updaterObjects } from './image-updater.ts';
import {
  applicationObjects,
  argocdNamespace,
  applicationsPath,
  installObjects,
  withApplicationHealth,
  withPushSecret,
} from './manifests.ts';
import { argocdNotices, withNoticeSettings, withSubscriptions } from './notices.ts';
import type { ArgocdOptions } from './options.ts';
import { readArgocdSettings } from './settings.ts';
import { readApplicationStatus } from './status.ts';

const installTimeoutMs = 180_000;
/** Asks for a comparison at once (https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/). */
const refreshAnnotation = 'argocd.argoproj.io/refresh';

const workloads = `/apis/apps/v1/namespaces/${argocdNamespace}`;

/** Where the API server of Argo CD takes pushes (https://argo-cd.readthedocs.io/en/stable/operator-manual/webhook/). */
const pushReceiverUrl = (port: number): string => `http://127.0.0.1:${port}/api/webhook`;

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

/** What only some features come with. */
interface FurtherParts {
  readonly notices: EngineNotices | undefined;
  /** Where pushes are taken. */
  readonly pushUrl: string | undefined;
}

/** Starts the parts that only some features need. */
async function startFurtherComponents(
  { lab, features, noticeUrl, signal }: InstallContext<ArgocdOptions>,
  place: HostPlace,
  configMaps: Awaited<ReturnType<typeof readConfigMaps>>,
): Promise<FurtherParts> {
  const commandOf = async (name: string) =>
    containerCommand(await lab.access.get(`${workloads}/deployments/${name}`), configMaps);
  let notices: EngineNotices | undefined;
  if (features.includes('notifications')) {
    const command = await commandOf('argocd-notifications-controller');
    const controller = await lab.run(await notificationsController(place, command));
    if (noticeUrl !== undefined) notices = argocdNotices(lab, controller);
  }
  if (!features.includes('webhooks')) return { notices, pushUrl: undefined };
  const port = await getPort({ host: '127.0.0.1' });
  const { ended } = await lab.run(await apiServer(place, await commandOf('argocd-server'), port));
  await waitUntil(
    async () => ((await fetch(`http://127.0.0.1:${port}/healthz`, { signal })).ok ? true : undefined),
    { goal: 'the API server of Argo CD to be ready', timeoutMs: installTimeoutMs, signal, hopeless: ended },
  );
  return { notices, pushUrl: pushReceiverUrl(port) };
}

interface StartedParts extends FurtherParts {
  readonly controller: ComponentSpec;
  readonly updater: ComponentSpec | undefined;
}

/** Starts the parts of Argo CD that the lab needs, as their workloads in the cluster say. */
async function startComponents(
  context: InstallContext<ArgocdOptions>,
  redisPassword: string,
): Promise<StartedParts> {
  const { lab, tools } = context;
  const [configMaps, repoServerWorkload, controllerWorkload] = await Promise.all([
    readConfigMaps(lab.access, argocdNamespace),
    lab.access.get(`${workloads}/deployments/argocd-repo-server`),
    lab.access.get(`${workloads}/statefulsets/argocd-application-controller`),
  ]);
  const redisPort = await getPort({ host: '127.0.0.1' });
  const repoServerPort = await getPort({ host: '127.0.0.1' });
  const place = { lab, tools, redisPassword, redisPort, repoServerPort };
  const controller = await applicationController(place, containerCommand(controllerWorkload, configMaps));
  await lab.run(await redis(place));
  await lab.run(await repoServer(place, containerCommand(repoServerWorkload, configMaps)));
  await lab.run(controller);
  const updater = await startImageUpdater(context, place);
  return { controller, updater, ...(await startFurtherComponents(context, place, configMaps)) };
}

function referenceTo(name: string): ObjectReference {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: argocdNamespace, name };
}

async function requestSync(lab: Lab, name: string): Promise<void> {
  await lab.access.patch(referenceTo(name), { annotations: { [refreshAnnotation]: 'normal' } }, 'argocd');
}

/** The Application is no part of what Git holds in most labs, so that its policy is set in the cluster. */
async function setSelfHeal(lab: Lab, name: string, selfHeal: boolean): Promise<void> {
  await lab.access.patch(referenceTo(name), { spec: { syncPolicy: { automated: { selfHeal } } } }, 'argocd');
}

/**
 * Installs Argo CD by its own manifests; returns when it has applied the state store once. Throws an explained error, or the
 * signal's reason.
 */
export async function installArgocd(context: InstallContext<ArgocdOptions>): Promise<StartedEngine> {
  const { lab, tools, state, application, options, noticeUrl, signal, onSynced, onCommand } = context;
  const redisPassword = randomBytes(24).toString('base64url');
  const pushSecret = randomBytes(24).toString('base64url');
  const manifests = parseManifests(await readFile(fileOf(tools, 'argocd', 'argocd-install.yaml'), 'utf8'));
  const installed = installObjects(manifests, redisPassword, options);
  const takesPushes = context.features.includes('webhooks');
  const ordered = context.features.includes('ordering') ? installed.map(withApplicationHealth) : installed;
  onCommand?.('kubectl apply --server-side -f argocd.yaml');
  const pushed = takesPushes ? ordered.map((object) => withPushSecret(object, pushSecret)) : ordered;
  const own = applicationObjects(application, state, options);
  await applyObjects(
    lab.access,
    noticeUrl === undefined ? pushed : pushed.map((object) => withNoticeSettings(object, noticeUrl)),
    signal,
  );
  onCommand?.('kubectl apply --server-side -f root.yaml');
  await applyObjects(lab.access, noticeUrl === undefined ? own : own.map(withSubscriptions), signal);
  const { controller, notices, updater, pushUrl } = await startComponents(context, redisPassword);
  await waitUntil(
    async () => {
      const live = (await lab.access.get(`${applicationsPath}/${application.name}`)) as LiveObject;
      return readApplicationStatus(live).isSettled ? true : undefined;
    },
    {
      goal: `the Application ${application.name} to be Synced and Healthy`,
      timeoutMs: installTimeoutMs,
      signal,
    },
  );
  onSynced();
  return {
    version: tools.get('argocd')?.version ?? 'unknown',
    installedBy:
      'the install manifests applied to the namespace argocd, then a repository secret and an Application',
    workers: { applies: 'argocd-application-controller', reads: 'argocd-repo-server' },
    namespace: argocdNamespace,
    statusTargets: [{ path: applicationsPath, fieldSelector: `metadata.name=${application.name}` }],
    pushReceiver: pushUrl === undefined ? undefined : { url: pushUrl, secret: pushSecret },
    notices,
    openStatus:
      () =>
      ({ type, object }) =>
        type === 'DELETED' ? undefined : readApplicationStatus(object),
    correctDrift: async (isOn) => setSelfHeal(lab, application.name, isOn),
    requestSync: async () => requestSync(lab, application.name),
    readSettings: async () => [
      ...(await readArgocdSettings(lab, application, controller, updater)),
      ...((await notices?.readSettings()) ?? []),
    ],
  };
}
