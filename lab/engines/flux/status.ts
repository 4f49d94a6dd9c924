import {
  conditionStatus,
  conditionText,
  listAt,
  numberAt,
  textAt,
  type LiveObject,
} from '../../kube/objects.ts';
import type { Attempts, EngineStatus } from '../engine.ts';

/** The commit of a Flux revision such as `main@sha1:4f2c…` (https://fluxcd.io/flux/components/source/gitrepositories/#artifact). */
export function commitOf(revision: string): string {
  return revision.slice(revision.lastIndexOf(':') + 1);
}

/** What a Kustomization says of itself (https://fluxcd.io/flux/components/kustomize/kustomizations/#conditions). */
export function readKustomizationStatus(object: LiveObject): EngineStatus {
  const ready = conditionStatus(object, 'Ready');
  const isWorking = conditionStatus(object, 'Reconciling') === 'True' || ready === 'Unknown';
  const isCurrent =
    numberAt(object, 'status', 'observedGeneration') === numberAt(object, 'metadata', 'generation');
  const isSettled = ready === 'True' && !isWorking && isCurrent;
  return {
    revision: commitOf(textAt(object, 'status', 'lastAppliedRevision')),
    isWorking,
    isSettled,
    hasDetected: isWorking,
    attempts: 0,
    // Flux tries again after every failure (spec.retryInterval).
    hasGivenUp: false,
    hasFailed: ready === 'False',
    summary: isWorking ? 'reconciling' : ready === 'True' ? 'Ready' : 'not Ready',
  };
}

/** What a Kustomization's history counts (https://fluxcd.io/flux/components/kustomize/kustomizations/#history); waiting for a dependency is no attempt. */
export function readKustomizationAttempts(object: LiveObject): Attempts {
  const failures = listAt(object, 'status', 'history').filter(
    (entry) => textAt(entry, 'lastReconciledStatus') !== 'ReconciliationSucceeded',
  );
  const { isWorking, hasFailed } = readKustomizationStatus(object);
  const isWaiting = conditionText(object, 'Ready', 'reason') === 'DependencyNotReady';
  // Until the next attempt it goes on to say that it reconciles (fluxcd/pkg/apis/meta, conditions.go).
  const isPausing = conditionText(object, 'Reconciling', 'reason') === 'ProgressingWithRetry';
  return {
    count: object.metadata.uid ?? '',
    failed: failures.reduce<number>((sum, entry) => sum + numberAt(entry, 'totalReconciliations'), 0),
    isWorking: isWorking && !isPausing,
    problem: hasFailed && !isWaiting ? conditionText(object, 'Ready', 'message') : '',
  };
}
