import { wasGivenUp } from '../record/given-up.ts';
import type { EngineName, Iteration, Outcome, Results } from '../record/schema.ts';
import { describe, type Description } from '../statistics/describe.ts';
import type { Sample } from '../statistics/sample.ts';
import { timeKinds, type TimeName } from './names.ts';

/** A sample, and the number of the iteration that it is of. */
export interface IterationSample extends Sample {
  readonly iteration: number;
}

/** All that one engine's measured iterations of one disturbance say about one time. */
export interface Arm {
  readonly engine: EngineName;
  readonly disturbance: string;
  /** What the time to restore counts until. */
  readonly outcome: Outcome;
  readonly time: TimeName;
  readonly samples: readonly IterationSample[];
  /** Iterations in which this time was never seen, though others were. */
  readonly unobservedCount: number;
  /** Null where there are no samples. */
  readonly description: Description | null;
}

/** The iterations that count for something: measured, and not invalid. */
export function countedIterations(results: Results): Iteration[] {
  return results.iterations.filter(({ kind, verdict }) => kind === 'measured' && verdict !== 'invalid');
}

/** Those of them that the engines are compared by: at a random phase, and the first on their revision. */
export function judgedIterations(results: Results): Iteration[] {
  return countedIterations(results).filter(({ phase, repeat }) => phase === 'random' && repeat === 0);
}

const outcomeOfKind = { drift: 'restored', fault: 'restored', change: 'applied' } as const;

/** What comes after a disturbance; a drift is restored, and so is what the run does not say. */
function outcomeOf({ scenario }: Results, disturbance: string): Outcome {
  const found = scenario.disturbances.find(({ name }) => name === disturbance);
  return found?.outcome ?? outcomeOfKind[found?.kind ?? 'drift'];
}

/** Gathers and describes an arm's samples. */
export function analyseArm(results: Results, key: Pick<Arm, 'disturbance' | 'engine' | 'time'>): Arm {
  const samples = judgedIterations(results)
    .filter(({ engine, disturbance }) => engine === key.engine && disturbance === key.disturbance)
    .map((iteration) => ({ index: iteration.index, sample: sampleOf(iteration, key.time) }));
  const seen = samples.flatMap(({ index, sample }) =>
    sample === null ? [] : [{ ...sample, iteration: index }],
  );
  return {
    ...key,
    outcome: outcomeOf(results, key.disturbance),
    samples: seen,
    unobservedCount: samples.length - seen.length,
    description: describe(seen, results.provenance.seed),
  };
}

/** In every iteration, and there was at least one, the time had not come when watching ended. */
export function neverCame({ description }: Arm): boolean {
  return description !== null && description.censoredCount === description.count;
}

/** What an iteration says about one time; null where it says nothing. */
export function sampleOf(iteration: Iteration, time: TimeName): Sample | null {
  const valueMs = iteration[timeKinds[time].field];
  if (valueMs !== null) return { valueMs, isCensored: false };
  if (iteration.verdict !== 'censored') return null;
  // What was restored without being detected before can't be detected any more: that time was missed, and is not long.
  if (time === 'detect' && iteration.timeToRestoreMs !== null) return null;
  return { valueMs: iteration.watchedForMs, isCensored: true, hasGivenUp: wasGivenUp(iteration) };
}
