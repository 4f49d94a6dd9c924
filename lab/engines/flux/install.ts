import path from 'node:path';
import { waitUntil } from '../../../common/wait.ts';
import { conditionStatus, type LiveObject } from '../../kube/objects.ts';
import type { WatchTarget } from '../../kube/watch.ts';
import type { Lab } from '../../lab.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import {
  type InstallContext,
  type ManagedApplication,
  type StartedEngine,
  type StoreAccess,
} from '../engine.ts';
import { bootstrap } from './bootstrap.ts';
import { controllersFor } from './controllers.ts';
import { installTimeoutMs } from './deployment.ts';
import { programsInPods } from './in-pods.ts';
import { applicationFile, fluxNamespace, fluxRoot, kustomizationPath } from './manifests.ts';
import { openNotices } from './notices.ts';
import { programsOnHost } from './on-host.ts';
import { helmReleasesPath } from './helm-release.ts';
import { automationFile } from './image-automation.ts';
import type { FluxOptions } from './options.ts';
import { openPushReceiver } from './push-receiver.ts';
import { readFluxSettings } from './settings.ts';
import { openFluxStatus } from './release-status.ts';

/** Asks for a reconciliation at once (https://fluxcd.io/flux/components/source/gitrepositories/#triggering-a-reconcile). */
const reconcileAnnotation = 'reconcile.fluxcd.io/requestedAt';

/** Waits until Flux says that it has applied a Kustomization, and all in it is well. Throws an explained error, or the signal's reason. */
export async function untilReady(lab: Lab, name: string, signal: AbortSignal): Promise<void> {
  await waitUntil(
    async () => {
      const live = (await lab.access.get(`${kustomizationPath}/${name}`)) as LiveObject;
      return conditionStatus(live, 'Ready') === 'True' ? true : undefined;
    },
    { goal: `the Kustomization ${name} to be Ready`, timeoutMs: installTimeoutMs, signal },
  );
}

/** Asks Flux to look at a source now. */
export async function requestSync(lab: Lab, name: string): Promise<void> {
  const repository = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    namespace: fluxNamespace,
    name,
  };
  await lab.access.patch(
    repository,
    { annotations: { [reconcileAnnotation]: new Date().toISOString() } },
    'flux',
  );
}

/** The Kustomization, and the HelmRelease that it brings, where the application is a chart: each tells of a part. */
export function statusTargetsOf({ name, namespace, isChart }: ManagedApplication): WatchTarget[] {
  const fieldSelector = `metadata.name=${name}`;
  const kustomization = { path: kustomizationPath, fieldSelector };
  return isChart === true
    ? [kustomization, { path: helmReleasesPath(namespace), fieldSelector }]
    : [kustomization];
}

/** Has Git say that Flux keeps the application; one that it keeps already is no new commit. */
async function commitApplication(
  { store }: StoreAccess,
  application: ManagedApplication,
  options: FluxOptions,
): Promise<void> {
  if (application.path === fluxRoot.path) return;
  const { follows } = application;
  const files = Object.entries({
    ...applicationFile(application, options),
    ...(follows === undefined ? {} : automationFile(application, follows, options)),
  });
  const known = await Promise.all(
    files.map(async ([file, text]) => (await store.read(file).catch(() => undefined)) === text),
  );
  if (known.every(Boolean)) return;
  await store.commit(`Have Flux keep ${application.name}`, Object.fromEntries(files));
}

/**
 * Installs Flux by `flux bootstrap`; returns when it has applied the state store once. Throws an explained error, or the
 * signal's reason.
 */
export async function installFlux(context: InstallContext<FluxOptions>): Promise<StartedEngine> {
  const { lab, tools, state, application, features, options, noticeUrl, signal, onSynced, onCommand } =
    context;
  const controllers = controllersFor(features);
  const programs =
    lab.runtime.kind === 'pods'
      ? await programsInPods(context, lab.runtime, controllers)
      : await programsOnHost(context, lab.runtime, controllers);
  await commitApplication(state, application, options);
  const failure = new AbortController();
  const until = AbortSignal.any([signal, failure.signal]);
  const [components] = await Promise.all([
    programs.start(until),
    bootstrap({
      lab,
      flux: fileOf(tools, 'flux', 'flux'),
      state,
      controllers,
      options,
      application,
      logFile: path.join(lab.logDirectory, 'flux-bootstrap.log'),
      ...(onCommand === undefined ? {} : { onCommand }),
      signal,
    }).catch((error: unknown) => {
      failure.abort();
      throw error;
    }),
    untilReady(lab, application.name, until).then(onSynced),
  ]);
  const notices =
    controllers.includes('notification-controller') && noticeUrl !== undefined
      ? await openNotices(lab, application, noticeUrl, signal)
      : undefined;
  return {
    version: tools.get('flux')?.version ?? 'unknown',
    installedBy: `flux bootstrap git with ${controllers.join(' and ')}, with the Kustomization of the application in the repository`,
    workers: { applies: 'kustomize-controller', reads: 'source-controller' },
    namespace: fluxNamespace,
    statusTargets: statusTargetsOf(application),
    pushReceiver: features.includes('webhooks')
      ? await openPushReceiver(lab, await programs.openPushAddress(), signal)
      : undefined,
    notices,
    openStatus: openFluxStatus,
    requestSync: async () => requestSync(lab, fluxNamespace),
    crash: programs.crash,
    readSettings: async () => [
      ...(await readFluxSettings(lab, application, components)),
      ...((await notices?.readSettings()) ?? []),
    ],
  };
}
