import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

type Step = (fact: Observation) => boolean;

/** From the zero of time until the first fact of a kind; null where there is none. */
function until(isWanted: Step, facts: readonly Observation[]): number | null {
  const zero = facts.findIndex(({ type }) => type === 'disturbed');
  const found = zero === -1 ? undefined : facts.slice(zero).find(isWanted);
  return found === undefined ? null : found.atMs - (facts[zero]?.atMs ?? found.atMs);
}

/** Until the engine's automation has read the tags of the image, with the new one among them. */
export const timeToTagSeen: Figure = {
  name: 'timeToTagSeenMs',
  title: 'Tag pushed, until the automation has read it',
  unit: 'ms',
  of: (facts) => until((fact) => fact.type === 'step' && fact.step === 'tags-read', facts),
};

/** Until the engine's automation has pushed its commit. */
export const timeToCommit: Figure = {
  name: 'timeToCommitMs',
  title: 'Tag pushed, until the automation has pushed its commit',
  unit: 'ms',
  of: (facts) => until(({ type }) => type === 'committed', facts),
};

/** How many commits the engine's automation pushed. */
export const automationCommits: Figure = {
  name: 'automationCommits',
  title: 'Commits by the automation',
  unit: 'count',
  of: (facts) => facts.filter(({ type }) => type === 'committed').length,
};
