import { textAt, valueAt, type LiveObject } from '../../kube/objects.ts';
import type { Lab } from '../../lab.ts';
import { logFileOf } from '../../process/component.ts';
import type { EngineNotice, EngineNotices } from '../engine.ts';
import { readNoticeTally } from '../notice-log.ts';
import type { EngineSetting } from '../setting.ts';
import { argocdNamespace, withData } from './manifests.ts';

/** The name of the webhook service. */
const service = 'lab';
const settingsName = 'argocd-notifications-cm';

/** What the notifications controller logs (notifications-engine, pkg/controller/controller.go). */
export const argocdNoticeWords = {
  sent: 'Sending notification about condition',
  givenUp: 'Failed to notify recipient',
};

interface Trigger {
  readonly when: string;
  readonly template: string;
  readonly outcome: EngineNotice['outcome'];
}

/**
 * The occasions that Argo CD's own catalog has for what becomes of a commit, under the same names and once per commit as
 * there (https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/catalog/).
 */
const triggers: Readonly<Record<string, Trigger>> = {
  'on-deployed': {
    when: "app.status.sync.status == 'Synced' and app.status.operationState?.phase == 'Succeeded' and app.status.health.status == 'Healthy'",
    template: 'app-deployed',
    outcome: 'succeeded',
  },
  'on-health-degraded': {
    when: "app.status.health.status == 'Degraded'",
    template: 'app-health-degraded',
    outcome: 'failed',
  },
  'on-sync-failed': {
    when: "app.status.operationState?.phase in ['Error', 'Failed']",
    template: 'app-sync-failed',
    outcome: 'failed',
  },
};

/** Once for each synced commit (https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/triggers/#avoid-sending-same-notification-too-often). */
const oncePer = 'app.status.operationState?.syncResult?.revision';

function bodyOf(reason: string): string {
  const fields = {
    object: 'Application/{{.app.metadata.name}}',
    revision: '{{dig `status` `operationState` `syncResult` `revision` `` .app}}',
    reason,
  };
  return JSON.stringify(fields);
}

/** The data of their ConfigMap; JSON is YAML, too. */
export function noticeSettings(url: string): Record<string, string> {
  const headers = [{ name: 'Content-Type', value: 'application/json' }];
  const settings = Object.entries(triggers).flatMap(([name, { when, template }]): [string, unknown][] => [
    [`trigger.${name}`, [{ when, oncePer, send: [template] }]],
    [`template.${template}`, { webhook: { [service]: { method: 'POST', body: bodyOf(name) } } }],
  ]);
  const all: [string, unknown][] = [[`service.webhook.${service}`, { url, headers }], ...settings];
  return Object.fromEntries(all.map(([key, value]) => [key, JSON.stringify(value)]));
}

/** The settings of the installation, with those of notifications to `url`. */
export function withNoticeSettings(object: LiveObject, url: string): LiveObject {
  return withData(object, settingsName, noticeSettings(url));
}

/** An Application that subscribes to all of them (https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/subscriptions/). */
export function withSubscriptions(object: LiveObject): LiveObject {
  if (object.kind !== 'Application') return object;
  const names = Object.keys(triggers).map((name) => `notifications.argoproj.io/subscribe.${name}.${service}`);
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, ...Object.fromEntries(names.map((name) => [name, ''])) },
    },
  };
}

/** Reads what the templates above make. */
export function readArgocdNotice(body: unknown): EngineNotice {
  const reason = textAt(body, 'reason');
  return {
    object: textAt(body, 'object'),
    revision: textAt(body, 'revision'),
    reason,
    outcome: triggers[reason]?.outcome ?? 'other',
  };
}

async function readNoticeSettings({ access }: Lab): Promise<EngineSetting[]> {
  const settings = await access.get(`/api/v1/namespaces/${argocdNamespace}/configmaps/${settingsName}`);
  const parsed = (key: string): unknown => JSON.parse(textAt(settings, 'data', key));
  const retryMax = valueAt(parsed(`service.webhook.${service}`), 'retryMax');
  const onces = Object.keys(triggers).map((name) => ({
    name: `${name} oncePer`,
    value: textAt(parsed(`trigger.${name}`), 0, 'oncePer'),
    readFrom: `trigger.${name} of ${settingsName} in the cluster`,
  }));
  return [
    {
      name: 'webhook retryMax',
      // The defaults of NewWebhookService (pkg/services/webhook.go of notifications-engine).
      value: retryMax === undefined ? 'not set: 3, after 1 s doubling up to 5 s' : JSON.stringify(retryMax),
      readFrom: `service.webhook.${service} of ${settingsName} in the cluster`,
    },
    ...onces,
  ];
}

/** What the running notifications controller tells. */
export function argocdNotices(lab: Lab): EngineNotices {
  const logFile = logFileOf(lab.logDirectory, 'argocd-notifications-controller');
  return {
    read: readArgocdNotice,
    tally: async () => readNoticeTally(logFile, argocdNoticeWords),
    readSettings: async () => readNoticeSettings(lab),
  };
}
