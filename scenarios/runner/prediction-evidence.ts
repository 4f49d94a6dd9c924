import type { Observation } from '../../reports/record/observation.ts';
import type { Iteration } from '../../reports/record/schema.ts';

/** What a run's history tells of one iteration beyond its times. */
export interface IterationFacts {
  /** How long the engine had been idle when the iteration was disturbed; null where it was never seen at work before. */
  readonly idleBeforeMs: number | null;
  /** From the engine's saying that it works until the object was restored. */
  readonly correctionMs: number | null;
  /** From the disturbance until the namespace was gone. */
  readonly namespaceGoneMs: number | null;
}

const nothing: IterationFacts = { idleBeforeMs: null, correctionMs: null, namespaceGoneMs: null };

/** A trial's observations in the order of time. */
type TrialHistory = readonly Observation[];

function idleBefore(history: TrialHistory, disturbedAtMs: number): number | null {
  let idleSinceMs: number | null = null;
  let wasWorking = false;
  for (const observation of history) {
    if (observation.atMs > disturbedAtMs) break;
    if (observation.type !== 'engine') continue;
    if (wasWorking && !observation.isWorking) idleSinceMs = observation.atMs;
    wasWorking = observation.isWorking;
  }
  return idleSinceMs === null ? null : disturbedAtMs - idleSinceMs;
}

/** What the history of its trial tells of an iteration. */
export function factsOf(iteration: Iteration, history: TrialHistory): IterationFacts {
  const { disturbedAtMs, timeToRestoreMs } = iteration;
  if (disturbedAtMs === null) return nothing;
  const after = history.filter(({ atMs }) => atMs >= disturbedAtMs);
  const own = after.filter((observation) => observation.iteration === iteration.index);
  const working = own.find((observation) => observation.type === 'engine' && observation.isWorking);
  const gone = own.find(
    (observation) =>
      observation.type === 'object' &&
      observation.event === 'DELETED' &&
      observation.object.startsWith('Namespace/'),
  );
  const restoredAtMs = timeToRestoreMs === null ? null : disturbedAtMs + timeToRestoreMs;
  const hasCorrection = working !== undefined && restoredAtMs !== null && working.atMs <= restoredAtMs;
  return {
    idleBeforeMs: idleBefore(history, disturbedAtMs),
    correctionMs: hasCorrection ? restoredAtMs - working.atMs : null,
    namespaceGoneMs: gone === undefined ? null : gone.atMs - disturbedAtMs,
  };
}
