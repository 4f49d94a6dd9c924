import test from 'ava';
import { argocdNoticeWords } from './argocd/notices.ts';
import { fluxNoticeWords } from './flux/notices.ts';
import { tallyOf } from './notice-log.ts';

test('what Flux logs of its notifications is counted, and nothing else', (t) => {
  const log = [
    '{"level":"info","ts":"2026-11-25T08:00:00.000Z","msg":"dispatching event","message":"Health check passed in 5s"}',
    '{"level":"info","ts":"2026-11-25T08:00:01.000Z","msg":"discarding event, no alerts found for the involved object"}',
    '{"level":"error","ts":"2026-11-25T08:00:15.000Z","msg":"failed to send notification","error":"context deadline exceeded"}',
    '{"level":"info","ts":"2026-11-25T08:00:16.000Z","msg":"dispatching event","message":"ConfigMap/shop/web configured"}',
    '',
  ].join('\n');
  t.deepEqual(tallyOf(log, fluxNoticeWords), { sent: 2, givenUp: 1 });
  t.deepEqual(tallyOf('', fluxNoticeWords), { sent: 0, givenUp: 0 });
});

test('what Argo CD logs of its notifications is counted, and nothing else', (t) => {
  const log = [
    `{"level":"info","msg":"Sending notification about condition 'on-deployed.[0].a' to '{lab }'"}`,
    `{"level":"error","msg":"Failed to notify recipient {lab } defined in resource argocd/shop: connection refused"}`,
    `{"level":"info","msg":"Notification about condition 'on-deployed.[0].a' already sent to '{lab }'"}`,
    '',
  ].join('\n');
  t.deepEqual(tallyOf(log, argocdNoticeWords), { sent: 1, givenUp: 1 });
});
