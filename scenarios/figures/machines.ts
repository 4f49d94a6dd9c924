import type { Observation } from '../../reports/record/observation.ts';
import type { StepKind } from '../../reports/record/facts/iteration.ts';
import type { Figure } from '../scenario.ts';

function stepMs(facts: readonly Observation[], kind: StepKind): number | undefined {
  return facts.find((fact) => fact.type === 'step' && fact.step === kind)?.atMs;
}

function sinceDisturbed(name: string, title: string, kind: StepKind): Figure {
  return {
    name,
    title,
    unit: 'ms',
    of: (facts) => {
      const zeroMs = facts.find(({ type }) => type === 'disturbed')?.atMs;
      const reachedMs = stepMs(facts, kind);
      return zeroMs === undefined || reachedMs === undefined ? null : reachedMs - zeroMs;
    },
  };
}

/** How long it took from the disturbance until Kubernetes said that a node is not Ready, or gone; null where it never did. */
export const nodeMissed = sinceDisturbed('nodeMissedMs', 'Until Kubernetes missed the node', 'node-lost');

/** How long it took from the disturbance until a lost node was Ready; null where it stayed away. */
export const nodeBack = sinceDisturbed('nodeBackMs', 'Until the node was Ready again', 'node-back');

/** How long nobody could ask the API server, until all watches had listed anew; null where it was never away. */
export const apiAway: Figure = {
  name: 'apiAwayMs',
  title: 'The API server was away for',
  unit: 'ms',
  of: (facts) => {
    const [awayMs, backMs] = [stepMs(facts, 'api-away'), stepMs(facts, 'api-back')];
    return awayMs === undefined || backMs === undefined ? null : backMs - awayMs;
  },
};
