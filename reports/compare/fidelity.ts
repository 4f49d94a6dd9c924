import { medianSorted } from 'simple-statistics';
import type { EngineName } from '../record/schema.ts';
import { timeNames, type TimeName } from '../render/names.ts';
import { ascending } from '../statistics/sample.ts';
import type { Change } from './change.ts';
import type { ComparedRun, Selection } from './selection.ts';

/** How the times of one lab are against those of another, over all disturbances. */
export interface FidelityLine {
  readonly run: ComparedRun;
  readonly time: TimeName;
  readonly engine: EngineName;
  /** Of the medians, the run's over the baseline's, ascending; one for each disturbance in which both are known. */
  readonly ratios: readonly number[];
  readonly medianRatio: number;
  /** How many disturbances were looked at, those without a ratio included. */
  readonly disturbances: number;
  /** By how much the run's times are longer (Hodges-Lehmann), ascending; one for each of the same disturbances. */
  readonly shiftsMs: readonly number[];
  readonly medianShiftMs: number;
  /** Of how many of them it is shown that the labs agree, within the practical minimum. */
  readonly same: number;
  /** Of how many a difference was shown. */
  readonly different: number;
}

/** Whether two runs were made in labs of which not the same things are real. */
export function areOtherLabs({ results: one }: ComparedRun, { results: other }: ComparedRun): boolean {
  return one.lab.provider !== other.lab.provider || one.lab.podsAreSimulated !== other.lab.podsAreSimulated;
}

/** A line for each time and engine of each run that was made in another lab than the baseline. */
export function fidelityOf(
  { baseline, others, engines }: Selection,
  changes: readonly Change[],
): FidelityLine[] {
  return others
    .filter((run) => areOtherLabs(run, baseline))
    .flatMap((run) =>
      timeNames.flatMap((time) =>
        engines.flatMap((engine) => {
          const own = changes.filter((one) => one.run === run && one.time === time && one.engine === engine);
          return lineOf({ run, time, engine }, own);
        }),
      ),
    );
}

function lineOf(
  key: Pick<FidelityLine, 'run' | 'time' | 'engine'>,
  changes: readonly Change[],
): FidelityLine[] {
  const known = changes.flatMap((change) => {
    const { ratio, verdict, comparison } = change;
    const estimate = comparison.difference?.estimate;
    return ratio === null || estimate?.relation !== 'equal'
      ? []
      : [{ ratio, verdict, shiftMs: estimate.valueMs }];
  });
  if (known.length === 0) return [];
  const ratios = ascending(known.map(({ ratio }) => ratio));
  const shiftsMs = ascending(known.map(({ shiftMs }) => shiftMs));
  const shown = ['regression', 'improvement', 'small'];
  return [
    {
      ...key,
      disturbances: changes.length,
      ratios,
      medianRatio: medianSorted(ratios),
      shiftsMs,
      medianShiftMs: medianSorted(shiftsMs),
      same: known.filter(({ verdict }) => verdict === 'same').length,
      different: known.filter(({ verdict }) => shown.includes(verdict)).length,
    },
  ];
}
