import test from 'ava';
import type { LiveObject } from '../../kube/objects.ts';
import { readApplicationAttempts } from './status.ts';

const application = (operationState: object): LiveObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'widgets', uid: 'one' },
  status: { operationState: { startedAt: '2026-01-01T00:00:00Z', ...operationState } },
});

test('an operation that waits for its next retry is not at work, and says why', (t) => {
  const message = 'one or more objects failed to apply. Retrying attempt #2 at 8:00AM.';
  const waiting = { phase: 'Running', retryCount: 2, finishedAt: '2026-01-01T00:00:05Z', message };
  t.deepEqual(readApplicationAttempts(application(waiting)), {
    count: 'one 2026-01-01T00:00:00Z',
    failed: 2,
    isWorking: false,
    problem: message,
  });
  const again = readApplicationAttempts(application({ phase: 'Running', retryCount: 2 }));
  t.deepEqual([again.failed, again.isWorking, again.problem], [2, true, '']);
});

test('an operation that has failed for good counts its last attempt, and one that came through does not', (t) => {
  t.is(readApplicationAttempts(application({ phase: 'Failed', retryCount: 3 })).failed, 4);
  t.is(readApplicationAttempts(application({ phase: 'Succeeded', retryCount: 3 })).failed, 3);
});
