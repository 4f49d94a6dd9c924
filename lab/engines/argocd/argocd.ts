import getPort from 'get-port';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { waitUntil } from '../../../common/wait.ts';
import { applyObjects, parseManifests } from '../../kube/apply.ts';
import type { LiveObject } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import type { ComponentSpec } from '../../process/component.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { Engine, InstallContext, StartedEngine } from '../engine.ts';
import { containerCommand, readConfigMaps } from '../workload.ts';
import { applicationController, redis, repoServer } from './components.ts';
import {
  applicationFile,
  applicationObjects,
  argocdNamespace,
  fleetPath,
  installObjects,
} from './manifests.ts';
import type { ArgocdOptions } from './options.ts';
import { predictArgocd } from './prediction.ts';
import { readArgocdSettings } from './settings.ts';
import { readApplicationStatus } from './status.ts';

const installTimeoutMs = 180_000;
const applicationsPath = `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/applications`;
/** Asks for a comparison at once (https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/). */
const refreshAnnotation = 'argocd.argoproj.io/refresh';

/** Starts the parts of Argo CD that recover drift, as their workloads in the cluster say. */
async function startComponents(
  { lab, tools }: InstallContext<ArgocdOptions>,
  redisPassword: string,
): Promise<ComponentSpec> {
  const workloads = `/apis/apps/v1/namespaces/${argocdNamespace}`;
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
  return controller;
}

async function requestSync(lab: Lab, name: string): Promise<void> {
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    namespace: argocdNamespace,
    name,
  };
  await lab.access.patch(application, { annotations: { [refreshAnnotation]: 'normal' } }, 'argocd');
}

async function install(context: InstallContext<ArgocdOptions>): Promise<StartedEngine> {
  const { lab, tools, state, application, options, signal, onSynced, onCommand } = context;
  const redisPassword = randomBytes(24).toString('base64url');
  const manifests = parseManifests(await readFile(fileOf(tools, 'argocd', 'argocd-install.yaml'), 'utf8'));
  onCommand?.('kubectl apply --server-side -f argocd.yaml');
  await applyObjects(lab.access, installObjects(manifests, redisPassword, options), signal);
  onCommand?.('kubectl apply --server-side -f root.yaml');
  await applyObjects(lab.access, applicationObjects(application, state, options), signal);
  const controller = await startComponents(context, redisPassword);
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
    statusTarget: { path: applicationsPath, fieldSelector: `metadata.name=${application.name}` },
    readStatus: readApplicationStatus,
    requestSync: async () => requestSync(lab, application.name),
    readSettings: async () => readArgocdSettings(lab, application, controller),
  };
}

/** Argo CD, installed by its own manifests. */
export const argocd: Engine<ArgocdOptions> = {
  name: 'argocd',
  title: 'Argo CD',
  tools: ['argocd', 'redis'],
  fleet: {
    root: { name: 'fleet', namespace: argocdNamespace, path: fleetPath },
    filesOf: applicationFile,
    statusPath: applicationsPath,
    readStatus: readApplicationStatus,
  },
  install,
  predict: predictArgocd,
};
