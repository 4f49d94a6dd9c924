import { applyObjects } from '../../kube/apply.ts';
import { listAt, textAt, type LiveObject } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import { logFileOf } from '../../process/component.ts';
import type { EngineNotice, EngineNotices, ManagedApplication } from '../engine.ts';
import { readNoticeTally } from '../notice-log.ts';
import type { EngineSetting } from '../setting.ts';
import { fluxNamespace } from './manifests.ts';
import { commitOf } from './status.ts';

const name = 'lab';
const apiVersion = 'notification.toolkit.fluxcd.io/v1beta3';

/** What notification-controller logs (internal/server/event_handlers.go). */
export const fluxNoticeWords = { sent: '"dispatching event"', givenUp: '"failed to send notification"' };

/**
 * A Provider that posts to `url`, and an Alert for all that the application's Kustomization tells
 * (https://fluxcd.io/flux/components/notification/). The timeout of the Provider is Flux's own, 15 s.
 */
export function noticeObjects(application: ManagedApplication, url: string): LiveObject[] {
  const metadata = { name, namespace: fluxNamespace };
  return [
    { apiVersion, kind: 'Provider', metadata, spec: { type: 'generic', address: url } },
    {
      apiVersion,
      kind: 'Alert',
      metadata,
      spec: {
        providerRef: { name },
        eventSeverity: 'info',
        eventSources: [{ kind: 'Kustomization', name: application.name }],
        // Providers of the type generic get this at each interval, others never (isCommitStatusUpdate in internal/server/event_handlers.go).
        exclusionList: ['^Reconciliation finished'],
      },
    },
  ];
}

/** What the message of a health check begins with that all objects have passed (checkHealth of kustomize-controller). */
const passed = 'Health check passed';

function outcomeOf(body: unknown): EngineNotice['outcome'] {
  if (textAt(body, 'severity') === 'error') return 'failed';
  return textAt(body, 'message').startsWith(passed) ? 'succeeded' : 'other';
}

/** Reads an event as a generic Provider posts it (https://fluxcd.io/flux/components/notification/providers/#generic-webhook). */
export function readFluxNotice(body: unknown): EngineNotice {
  const [kind, object] = ['kind', 'name'].map((field) => textAt(body, 'involvedObject', field));
  return {
    object: `${kind ?? ''}/${object ?? ''}`,
    revision: commitOf(textAt(body, 'metadata', 'revision')),
    reason: textAt(body, 'reason'),
    outcome: outcomeOf(body),
  };
}

const objectsPath = `/apis/${apiVersion}/namespaces/${fluxNamespace}`;

async function readNoticeSettings({ access }: Lab): Promise<EngineSetting[]> {
  const [provider, alert] = await Promise.all([
    access.get(`${objectsPath}/providers/${name}`),
    access.get(`${objectsPath}/alerts/${name}`),
  ]);
  return [
    {
      name: 'Provider timeout',
      // The default of GetTimeout (api/v1beta3/provider_types.go of notification-controller).
      value: textAt(provider, 'spec', 'timeout') || 'not set: 15s',
      readFrom: 'spec.timeout in the cluster',
    },
    {
      name: 'Alert exclusionList',
      value: listAt(alert, 'spec', 'exclusionList').join(', '),
      readFrom: 'spec.exclusionList in the cluster',
    },
  ];
}

/** Has the notification-controller post to `url` from now on. */
export async function openNotices(
  lab: Lab,
  application: ManagedApplication,
  url: string,
  signal: AbortSignal,
): Promise<EngineNotices> {
  await applyObjects(lab.access, noticeObjects(application, url), signal);
  return {
    read: readFluxNotice,
    tally: async () =>
      readNoticeTally(logFileOf(lab.logDirectory, 'notification-controller'), fluxNoticeWords),
    readSettings: async () => readNoticeSettings(lab),
  };
}
