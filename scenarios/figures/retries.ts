import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

/** When the engine asked for Git while it was away; a try of an engine may take several connections, close together. */
function refusedAt(facts: readonly Observation[]): number[] {
  return facts
    .filter((fact) => fact.type === 'step' && fact.step === 'refused-connection')
    .map(({ atMs }) => atMs);
}

/** How often the engine asked for Git while it was away. */
export const refusedConnections: Figure = {
  name: 'refusedConnections',
  title: 'Connections to Git while it was away',
  unit: 'count',
  of: (facts) => refusedAt(facts).length,
};

/** The longest time between two of them, which a backoff makes longer from one to the next; null where there were no two. */
export const longestWait: Figure = {
  name: 'longestWaitMs',
  title: 'Longest wait between two of them',
  unit: 'ms',
  of: (facts) => {
    const times = refusedAt(facts);
    const waits = times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
    return waits.length === 0 ? null : Math.max(...waits);
  },
};
