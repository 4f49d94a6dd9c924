import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { waitUntil } from '../../../common/wait.ts';
import { applyObjects, parseManifests } from '../../kube/apply.ts';
import type { LiveObject, ObjectReference } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import { fileOf } from '../../toolchain/file-of.ts';
import type { InstallContext, StartedEngine } from '../engine.ts';
import { programsInPods } from './in-pods.ts';
import { installTimeoutMs } from './install-timeout.ts';
import {
  applicationObjects,
  argocdNamespace,
  applicationsPath,
  installObjects,
  withApplicationHealth,
  withPushSecret,
} from './manifests.ts';
import { argocdNotices, withNoticeSettings, withSubscriptions } from './notices.ts';
import { programsOnHost } from './on-host.ts';
import type { ArgocdOptions } from './options.ts';
import { readArgocdSettings } from './settings.ts';
import { readApplicationStatus } from './status.ts';

/** Asks for a comparison at once (https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/). */
const refreshAnnotation = 'argocd.argoproj.io/refresh';

function referenceTo(name: string): ObjectReference {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: argocdNamespace, name };
}

/** Asks Argo CD to compare an Application now. */
export async function requestSync(lab: Lab, name: string): Promise<void> {
  await lab.access.patch(referenceTo(name), { annotations: { [refreshAnnotation]: 'normal' } }, 'argocd');
}

/** Waits until Argo CD says that an Application is as Git has it, and healthy. Throws an explained error, or the signal's reason. */
export async function untilSettled(lab: Lab, name: string, signal: AbortSignal): Promise<void> {
  await waitUntil(
    async () => {
      const live = (await lab.access.get(`${applicationsPath}/${name}`)) as LiveObject;
      return readApplicationStatus(live).isSettled ? true : undefined;
    },
    { goal: `the Application ${name} to be Synced and Healthy`, timeoutMs: installTimeoutMs, signal },
  );
}

/** How the status of an Application is followed. */
export function followApplication(name: string): Pick<StartedEngine, 'statusTargets' | 'openStatus'> {
  return {
    statusTargets: [{ path: applicationsPath, fieldSelector: `metadata.name=${name}` }],
    openStatus:
      () =>
      ({ type, object }) =>
        type === 'DELETED' ? undefined : readApplicationStatus(object),
  };
}

/** The Application is no part of what Git holds in most labs, so that its policy is set in the cluster. */
export async function setSelfHeal(lab: Lab, name: string, selfHeal: boolean): Promise<void> {
  await lab.access.patch(referenceTo(name), { spec: { syncPolicy: { automated: { selfHeal } } } }, 'argocd');
}

/**
 * Installs Argo CD by its own manifests; returns when it has applied the state store once. Throws an explained error, or the
 * signal's reason.
 */
export async function installArgocd(context: InstallContext<ArgocdOptions>): Promise<StartedEngine> {
  const { lab, tools, state, application, options, noticeUrl, signal, onSynced, onCommand } = context;
  const pushSecret = randomBytes(24).toString('base64url');
  const programs =
    lab.runtime.kind === 'pods' ? programsInPods(context, lab.runtime) : programsOnHost(context, lab.runtime);
  const read = parseManifests(await readFile(fileOf(tools, 'argocd', 'argocd-install.yaml'), 'utf8'));
  const installed = await programs.manifests(installObjects(read, options));
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
  const { controller, updater, pushUrl } = await programs.start();
  const notices = noticeUrl === undefined ? undefined : argocdNotices(lab);
  await untilSettled(lab, application.name, signal);
  onSynced();
  return {
    version: tools.get('argocd')?.version ?? 'unknown',
    installedBy:
      'the install manifests applied to the namespace argocd, then a repository secret and an Application',
    workers: { applies: 'argocd-application-controller', reads: 'argocd-repo-server' },
    namespace: argocdNamespace,
    ...followApplication(application.name),
    pushReceiver: pushUrl === undefined ? undefined : { url: pushUrl, secret: pushSecret },
    notices,
    crash: programs.crash,
    correctDrift: async (isOn) => setSelfHeal(lab, application.name, isOn),
    requestSync: async () => requestSync(lab, application.name),
    readSettings: async () => [
      ...(await readArgocdSettings(lab, application, controller, updater)),
      ...((await notices?.readSettings()) ?? []),
    ],
  };
}
