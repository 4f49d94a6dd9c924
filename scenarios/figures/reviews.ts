import type { StepKind } from '../../reports/record/facts/iteration.ts';
import type { Figure } from '../scenario.ts';

function stepsOf(name: string, title: string, kind: StepKind): Figure {
  return {
    name,
    title,
    unit: 'count',
    of: (facts) => facts.filter((fact) => fact.type === 'step' && fact.step === kind).length,
  };
}

/** How many pushes to main were refused that nobody had reviewed. One that is taken makes its iteration invalid. */
export const refusedPushes = stepsOf('refusedPushes', 'Unreviewed pushes refused', 'refused-push');

/** How many merges were refused that nobody had approved. One that is made makes its iteration invalid. */
export const refusedMerges = stepsOf('refusedMerges', 'Unapproved merges refused', 'refused-merge');

/** How many approvals, by others than who opened it, the merged pull request has in the forge's own words. */
export const approvals: Figure = {
  name: 'approvals',
  title: 'Approvals by another person',
  unit: 'count',
  of: (facts) => {
    const audit = facts.find((fact) => fact.type === 'audit');
    return audit?.approvals.filter(({ by }) => by !== audit.openedBy).length ?? null;
  },
};
