import type { EngineName } from '../record/schema.ts';
import { analyseArm, neverCame, type Arm } from '../render/arm.ts';
import { comparePairs, significance, type Comparison } from '../render/comparison.ts';
import { timeNames, type TimeName } from '../render/names.ts';
import type { Estimate, Interval } from '../statistics/sample.ts';
import type { ComparedRun, Selection } from './selection.ts';

/** A change of the median by less than this share of it is none that anyone would act on. */
export const minimumShare = 0.1;

/** Nor is one of less than this, unless the user says otherwise. */
export const defaultMinimumMs = 50;

/**
 * `regression` and `improvement`: shown, and as large as the practical minimum; `small`: shown, but not so large; `same`: the
 * whole interval lies within the minimum; `neither`: in neither run did the time come.
 */
export type ChangeVerdict =
  'regression' | 'improvement' | 'small' | 'same' | 'noChangeShown' | 'neither' | 'notEnoughData';

/** One time of one engine after one disturbance, in a run and in the baseline. */
export interface Change {
  readonly run: ComparedRun;
  readonly engine: EngineName;
  readonly disturbance: string;
  readonly time: TimeName;
  /** Its first arm is the run's, its second the baseline's: a difference above zero says that the run was slower. */
  readonly comparison: Comparison;
  /** From which difference on a change counts, in milliseconds. */
  readonly minimumMs: number;
  /** The median over that of the baseline; null where one of them is not known. */
  readonly ratio: number | null;
  readonly verdict: ChangeVerdict;
}

/** Every change from the baseline that can be looked for. Holm's correction is over those of one run and one time. */
export function findChanges(
  { baseline, others, engines, disturbances }: Selection,
  leastMs: number,
): Change[] {
  return others.flatMap((run) =>
    timeNames.flatMap((time) => {
      const keys = engines.flatMap((engine) =>
        disturbances.map((disturbance) => ({ engine, disturbance, time })),
      );
      const pairs = keys
        .map((key) => [analyseArm(run.results, key), analyseArm(baseline.results, key)] as const)
        .filter((pair) => pair.some(({ description }) => description !== null));
      return comparePairs(pairs).map((comparison) => changeOf(run, comparison, leastMs));
    }),
  );
}

function changeOf(run: ComparedRun, comparison: Comparison, leastMs: number): Change {
  const { engine, disturbance, time } = comparison.first;
  const minimumMs = Math.max(leastMs, minimumShare * (comparison.second.description?.median.valueMs ?? 0));
  return {
    run,
    engine,
    disturbance,
    time,
    comparison,
    minimumMs,
    ratio: ratioOf(comparison.first, comparison.second),
    verdict: judge(comparison, minimumMs),
  };
}

function ratioOf(...arms: readonly [Arm, Arm]): number | null {
  const [own, base] = arms.map(({ description }) => description?.median);
  const isKnown = own?.relation === 'equal' && base?.relation === 'equal' && base.valueMs > 0;
  return isKnown ? own.valueMs / base.valueMs : null;
}

function judge(comparison: Comparison, minimumMs: number): ChangeVerdict {
  const { first, second, difference, delta, correctedP } = comparison;
  if (neverCame(first) && neverCame(second)) return 'neither';
  if (delta === null || correctedP === null) return 'notEnoughData';
  const interval = difference?.interval ?? null;
  if (interval !== null && liesWithin(interval, minimumMs)) return 'same';
  if (correctedP >= significance || delta === 0) return 'noChangeShown';
  const isLarge = difference === null || isBeyond(difference.estimate, interval, Math.sign(delta), minimumMs);
  if (!isLarge) return 'small';
  return delta > 0 ? 'regression' : 'improvement';
}

function liesWithin({ low, high }: Interval, minimumMs: number): boolean {
  return [low, high].every(({ valueMs, relation }) => relation === 'equal' && Math.abs(valueMs) <= minimumMs);
}

/** Whether a difference is beyond zero with its whole interval, and as large as the minimum; what censoring hides only adds to it. */
function isBeyond(
  estimate: Estimate,
  interval: Interval | null,
  direction: number,
  minimumMs: number,
): boolean {
  if (estimate.relation === (direction > 0 ? 'moreThan' : 'lessThan')) return true;
  const nearEnd = direction > 0 ? interval?.low : interval?.high;
  return (
    nearEnd !== undefined && direction * nearEnd.valueMs > 0 && direction * estimate.valueMs >= minimumMs
  );
}
