import type { KubeAccess } from '../../kube/kube-access.ts';
import { textAt, type LiveObject } from '../../kube/objects.ts';
import type { WatchTarget } from '../../kube/watch.ts';
import type { EngineStatus } from '../engine.ts';

/** The namespace of what is not the application's: the status, and the releases that Helm keeps. */
export const runbookNamespace = 'runbook';

/** What people say of their work: `rolled-out` is deployed, and nobody has looked whether it serves. */
type Phase = 'working' | 'settled' | 'rolled-out' | 'failed';

/** Where the work's state can be watched, as an engine's can: a ConfigMap. */
export const boardTarget: WatchTarget = {
  path: `/api/v1/namespaces/${runbookNamespace}/configmaps`,
  fieldSelector: 'metadata.name=runbook',
};

/** What the board says. */
export function readBoard(object: LiveObject): EngineStatus {
  const phase = textAt(object, 'data', 'phase');
  const doing = textAt(object, 'data', 'doing');
  return {
    revision: textAt(object, 'data', 'revision'),
    isWorking: phase === 'working',
    isSettled: phase === 'settled',
    hasDetected: phase === 'working',
    attempts: 0,
    hasGivenUp: false,
    hasFailed: phase === 'failed',
    summary: `${doing}: ${phase}`,
  };
}

/** Writes the state of the work; `doing` names the runbook, `revision` is the commit that the cluster has. */
export type ShowOnBoard = (phase: Phase, doing: string, revision: string) => Promise<void>;

/** Opens the board in a namespace of its own. */
export async function openBoard(access: KubeAccess): Promise<ShowOnBoard> {
  await access.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: runbookNamespace } },
    runbookNamespace,
  );
  return async (phase, doing, revision) =>
    access.apply(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'runbook', namespace: runbookNamespace },
        data: { phase, doing, revision },
      },
      runbookNamespace,
    );
}
