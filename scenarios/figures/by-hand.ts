import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

type RunbookStep = Extract<Observation, { type: 'runbook-step' }>;

function stepsOf(facts: readonly Observation[]): RunbookStep[] {
  return facts.filter((fact) => fact.type === 'runbook-step');
}

/** How many commands someone had to type; none where an engine recovered by itself. */
export const steps: Figure = {
  name: 'steps',
  title: 'Commands typed',
  unit: 'count',
  of: (facts) => stepsOf(facts).filter(({ step }) => step !== 'decide').length,
};

/** How many questions someone had to decide. */
export const decisions: Figure = {
  name: 'decisions',
  title: 'Decisions made',
  unit: 'count',
  of: (facts) => stepsOf(facts).filter(({ step }) => step === 'decide').length,
};

/** How long a person would have taken at the stated pace, the wait for the commands included; null where nobody had to do anything. */
export const timeAtHumanPace: Figure = {
  name: 'timeAtHumanPaceMs',
  title: 'Time at human pace',
  unit: 'ms',
  of: (facts) => {
    const made = stepsOf(facts);
    if (made.length === 0) return null;
    return made.reduce((sum, { machineMs, personMs }) => sum + machineMs + personMs, 0);
  },
};
