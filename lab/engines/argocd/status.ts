import { listAt, numberAt, textAt, valueAt, type LiveObject } from '../../kube/objects.ts';
import type { Attempts, EngineStatus } from '../engine.ts';

/**
 * Whether Argo CD says that a sync of this revision failed and is not tried again: the condition that autoSync sets
 * (Argo CD, controller/appcontroller.go).
 */
function hasGivenUp(object: LiveObject): boolean {
  return listAt(object, 'status', 'conditions').some(
    (condition) =>
      textAt(condition, 'type') === 'SyncError' &&
      textAt(condition, 'message').startsWith('Failed last sync attempt'),
  );
}

/** Whether it says that it could not compare or sync, or that what it synced is broken. */
function hasFailed(object: LiveObject): boolean {
  const phase = textAt(object, 'status', 'operationState', 'phase');
  const cannotCompare = listAt(object, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'ComparisonError',
  );
  const isDegraded = textAt(object, 'status', 'health', 'status') === 'Degraded';
  return phase === 'Failed' || phase === 'Error' || cannotCompare || isDegraded;
}

/** What an Application says of itself (https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml). */
export function readApplicationStatus(object: LiveObject): EngineStatus {
  const sync = textAt(object, 'status', 'sync', 'status');
  const health = textAt(object, 'status', 'health', 'status');
  const phase = textAt(object, 'status', 'operationState', 'phase');
  const isWorking =
    valueAt(object, 'operation') !== undefined || phase === 'Running' || phase === 'Terminating';
  // The field of SelfHealAttemptsCount is named so in JSON (Argo CD, pkg/apis/application/v1alpha1/types.go).
  const attempts = numberAt(object, 'status', 'operationState', 'operation', 'sync', 'autoHealAttemptsCount');
  const isSynced = sync === 'Synced' && phase === 'Succeeded';
  return {
    revision: isSynced ? textAt(object, 'status', 'sync', 'revision') : '',
    isWorking,
    isSettled: isSynced && health === 'Healthy' && !isWorking,
    hasDetected: sync === 'OutOfSync' || isWorking,
    attempts,
    hasGivenUp: hasGivenUp(object) && !isWorking,
    hasFailed: hasFailed(object),
    summary: [sync, health, ...(phase === '' ? [] : [`operation ${phase}`])].join(', '),
  };
}

/** What an Application's last operation counts: retries are attempts, too (https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automated-sync-semantics). */
export function readApplicationAttempts(object: LiveObject): Attempts {
  const operation = valueAt(object, 'status', 'operationState');
  const phase = textAt(operation, 'phase');
  const retries = numberAt(operation, 'retryCount');
  const hasEndedBadly = phase === 'Failed' || phase === 'Error';
  // A retry is counted when it is planned; until it begins, the operation runs and has ended (processRequestedAppOperation in controller/appcontroller.go).
  const isWaiting = phase === 'Running' && textAt(operation, 'finishedAt') !== '';
  return {
    count: `${object.metadata.uid ?? ''} ${textAt(operation, 'startedAt')}`,
    failed: retries + (hasEndedBadly ? 1 : 0),
    isWorking: readApplicationStatus(object).isWorking && !isWaiting,
    problem: hasEndedBadly || isWaiting ? textAt(operation, 'message') : '',
  };
}
