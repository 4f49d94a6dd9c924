import type { Figure } from '../scenario.ts';

/** How many changes the objects of the other clusters went through; null where one of them never had the commit. */
export const changesElsewhere: Figure = {
  name: 'changesElsewhere',
  title: 'Changes of objects in the other cluster, which had the same commit',
  unit: 'count',
  of: (facts) => {
    const seen = facts.filter((fact) => fact.type === 'neighbour');
    if (seen.length === 0 || seen.some(({ isAtRevision }) => !isAtRevision)) return null;
    return seen.reduce((sum, { changes }) => sum + changes, 0);
  },
};
