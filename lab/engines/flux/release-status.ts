import { conditionStatus, conditionText, numberAt, textAt, type LiveObject } from '../../kube/objects.ts';
import type { EngineStatus, StatusReader } from '../engine.ts';
import { readKustomizationStatus } from './status.ts';

/** Why a HelmRelease is not Ready that only waits for what it needs (reconcileRelease in helm-controller 1.6). */
const waits = ['SourceNotReady', 'DependencyNotReady', 'HealthCheckCanceled'];

/**
 * What a HelmRelease says of itself (https://fluxcd.io/flux/components/helm/helmreleases/#conditions), and its
 * Kustomization of the commit: no HelmRelease knows from which commit it comes.
 */
export function readHelmReleaseStatus(
  release: LiveObject,
  { revision, hasFailed }: Pick<EngineStatus, 'revision' | 'hasFailed'>,
): EngineStatus {
  const ready = conditionStatus(release, 'Ready');
  const isGoing = textAt(release, 'metadata', 'deletionTimestamp') !== '';
  const isCurrent =
    numberAt(release, 'status', 'observedGeneration') === numberAt(release, 'metadata', 'generation');
  const isStalled = conditionStatus(release, 'Stalled') === 'True';
  const isReconciling =
    conditionStatus(release, 'Reconciling') === 'True' || !['True', 'False'].includes(ready);
  const isWorking = isGoing || isReconciling || !(isCurrent || isStalled);
  const reason = conditionText(release, 'Ready', 'reason');
  return {
    revision,
    isWorking,
    isSettled: ready === 'True' && !isWorking,
    hasDetected: isWorking,
    attempts: 0,
    hasGivenUp: isStalled && !isWorking,
    hasFailed: hasFailed || (ready === 'False' && !waits.includes(reason)),
    summary: isGoing ? 'uninstalling' : `${isWorking ? 'reconciling, ' : ''}${reason || 'new'}`,
  };
}

/** Reads the status of Flux from its Kustomization, and from the HelmRelease while there is one. */
export function openFluxStatus(): StatusReader {
  let kustomization: EngineStatus | undefined;
  let release: LiveObject | undefined;
  return ({ type, object }) => {
    const now = type === 'DELETED' ? undefined : object;
    if (object.kind === 'HelmRelease') release = now;
    else kustomization = now && readKustomizationStatus(now);
    if (kustomization === undefined || release === undefined) return kustomization;
    return readHelmReleaseStatus(release, kustomization);
  };
}
