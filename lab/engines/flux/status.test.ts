import test from 'ava';
import type { LiveObject } from '../../kube/objects.ts';
import { readKustomizationAttempts } from './status.ts';

const kustomization = (conditions: readonly object[], history: readonly object[] = []): LiveObject => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'widgets', uid: 'one' },
  status: { conditions, history },
});
const failing = [
  { type: 'Reconciling', status: 'True', reason: 'ProgressingWithRetry' },
  { type: 'Ready', status: 'False', reason: 'ReconciliationFailed', message: 'no matches for kind "Widget"' },
];

test('failed attempts are those of the history that did not succeed', (t) => {
  const history = [
    { lastReconciledStatus: 'ReconciliationSucceeded', totalReconciliations: 7 },
    { lastReconciledStatus: 'ReconciliationFailed', totalReconciliations: 2 },
    { lastReconciledStatus: 'HealthCheckFailed', totalReconciliations: 1 },
  ];
  t.deepEqual(readKustomizationAttempts(kustomization(failing, history)), {
    count: 'one',
    failed: 3,
    isWorking: false,
    problem: 'no matches for kind "Widget"',
  });
});

test('a part that waits for another one has not failed, and one that is tried again is at work', (t) => {
  const waiting = { type: 'Ready', status: 'False', reason: 'DependencyNotReady', message: 'not ready' };
  t.is(readKustomizationAttempts(kustomization([waiting])).problem, '');
  const again = [{ type: 'Reconciling', status: 'True', reason: 'Progressing' }, ...failing.slice(1)];
  t.true(readKustomizationAttempts(kustomization(again)).isWorking);
});
