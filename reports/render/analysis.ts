import { engineNames, type EngineName, type Results } from '../record/schema.ts';
import { analyseArm, type Arm } from './arm.ts';
import { workByHand, type WorkByHand } from './by-hand.ts';
import { compareArms, type Comparison } from './comparison.ts';
import { analyseContrasts, type AnalysedContrast } from './contrast.ts';
import { timeNames, type TimeName } from './names.ts';

export interface Analysis {
  /** In a fixed order, whatever the order of the run. */
  readonly engines: readonly EngineName[];
  readonly disturbances: readonly string[];
  readonly arms: readonly Arm[];
  /** Of timeToRestore, one for each disturbance and two engines that are compared; empty unless two ran. */
  readonly comparisons: readonly Comparison[];
  /** What the question sets against each other within an engine. */
  readonly contrasts: readonly AnalysedContrast[];
  /** What people had to do, one for each disturbance; empty where they had nothing to do. */
  readonly work: readonly WorkByHand[];
}

/** The statistics of a run. The same results give the same analysis: its random numbers come from the run's seed. */
export function analyse(results: Results): Analysis {
  const engines = engineNames.filter((name) => results.engines.some(({ engine }) => engine === name));
  const disturbances = namesOfDisturbances(results);
  const arms = disturbances.flatMap((disturbance) =>
    engines.flatMap((engine) => timeNames.map((time) => analyseArm(results, { disturbance, engine, time }))),
  );
  return {
    engines,
    disturbances,
    arms,
    comparisons: compareArms(arms.filter(({ time }) => time === 'restore')),
    contrasts: analyseContrasts(results.scenario.contrasts ?? [], engines, arms),
    work: workByHand(results),
  };
}

/** The arm of an analysis; one without samples where there is none. */
export function armOf(analysis: Analysis, disturbance: string, engine: EngineName, time: TimeName): Arm {
  const found = analysis.arms.find(
    (arm) => arm.disturbance === disturbance && arm.engine === engine && arm.time === time,
  );
  return (
    found ?? {
      disturbance,
      outcome: 'restored',
      engine,
      time,
      samples: [],
      unobservedCount: 0,
      description: null,
    }
  );
}

function namesOfDisturbances({ scenario, iterations }: Results): string[] {
  return [
    ...new Set([...scenario.disturbances.map(({ name }) => name), ...iterations.map((i) => i.disturbance)]),
  ];
}
