import type { Figure } from '../scenario.ts';

/** How long it took from the disturbance until the engine said that it had failed; null where it never did. */
export const failureTold: Figure = {
  name: 'failureToldMs',
  title: 'Until the engine said that it failed',
  unit: 'ms',
  of: (facts) => {
    const zero = facts.find(({ type }) => type === 'disturbed');
    const told =
      zero && facts.find((fact) => fact.type === 'engine' && fact.hasFailed && fact.atMs >= zero.atMs);
    return zero === undefined || told === undefined ? null : told.atMs - zero.atMs;
  },
};
