import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

/**
 * When the engine said that it could not read Git: source-controller makes an Event of each failure
 * (fluxcd/source-controller, api/v1/condition_types.go). Argo CD makes none.
 */
function failedReads(facts: readonly Observation[]): number[] {
  return facts
    .filter(
      (fact) => fact.type === 'event' && fact.kind === 'warning' && fact.reason === 'GitOperationFailed',
    )
    .map(({ atMs }) => atMs);
}

/** How often the engine tried to read Git and could not; null where it tells of no such try. */
export const failedTries: Figure = {
  name: 'failedTries',
  title: 'Tries to read Git that failed',
  unit: 'count',
  of: (facts) => {
    const { length } = failedReads(facts);
    return length === 0 ? null : length;
  },
};

/** The longest time between two such tries, which a backoff makes longer from one to the next; null where there were no two. */
export const longestWait: Figure = {
  name: 'longestWaitMs',
  title: 'Longest wait between two tries that failed',
  unit: 'ms',
  of: (facts) => {
    const reads = failedReads(facts);
    const waits = reads.slice(1).map((atMs, index) => atMs - (reads[index] ?? atMs));
    return waits.length === 0 ? null : Math.max(...waits);
  },
};
