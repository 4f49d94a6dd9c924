import test from 'ava';
import { textAt, valueAt, type LiveObject } from '../../kube/objects.ts';
import { noticeSettings, readArgocdNotice, withNoticeSettings, withSubscriptions } from './notices.ts';

const url = 'http://127.0.0.1:41234/notices/unguessable';

function object(kind: string, name: string): LiveObject {
  return { apiVersion: 'v1', kind, metadata: { name, annotations: { kept: 'yes' } } };
}

test('every trigger sends a template that is there, once for each commit', (t) => {
  const settings = noticeSettings(url);
  const parsed = new Map<string, unknown>(
    Object.entries(settings).map(([key, text]) => [key, JSON.parse(text)]),
  );
  t.is(textAt(parsed.get('service.webhook.lab'), 'url'), url);
  const triggers = [...parsed].filter(([key]) => key.startsWith('trigger.'));
  t.is(triggers.length, 3);
  for (const [name, [condition]] of triggers as [string, unknown[]][]) {
    t.regex(textAt(condition, 'oncePer'), /revision$/);
    const [template] = valueAt(condition, 'send') as string[];
    const body = textAt(parsed.get(`template.${template ?? ''}`), 'webhook', 'lab', 'body');
    t.is(textAt(JSON.parse(body), 'reason'), name.replace('trigger.', ''));
  }
});

test('only the ConfigMap of notifications gets the settings, and only the Application subscribes', (t) => {
  const settings = object('ConfigMap', 'argocd-notifications-cm');
  t.deepEqual(withNoticeSettings(settings, url)['data'], noticeSettings(url));
  const other = object('ConfigMap', 'argocd-cm');
  t.is(withNoticeSettings(other, url), other);
  t.is(withSubscriptions(other), other);
  const { annotations } = withSubscriptions(object('Application', 'shop')).metadata;
  t.deepEqual(annotations, {
    kept: 'yes',
    'notifications.argoproj.io/subscribe.on-deployed.lab': '',
    'notifications.argoproj.io/subscribe.on-health-degraded.lab': '',
    'notifications.argoproj.io/subscribe.on-sync-failed.lab': '',
  });
});

test('what a trigger means is read from its name', (t) => {
  const body = (reason: string) => ({ object: 'Application/shop', revision: '4f2cde', reason });
  t.deepEqual(readArgocdNotice(body('on-deployed')), { ...body('on-deployed'), outcome: 'succeeded' });
  t.is(readArgocdNotice(body('on-health-degraded')).outcome, 'failed');
  t.is(readArgocdNotice(body('on-sync-failed')).outcome, 'failed');
  t.is(readArgocdNotice(body('on-created')).outcome, 'other');
  t.deepEqual(readArgocdNotice(7), { object: '', revision: '', reason: '', outcome: 'other' });
});
