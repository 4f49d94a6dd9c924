import { formatDuration } from '../../common/duration.ts';
import { wasGivenUp } from '../record/given-up.ts';
import type { EngineName, Iteration, Results } from '../record/schema.ts';
import { armOf, type Analysis } from '../render/analysis.ts';
import { judgedIterations } from '../render/arm.ts';

/** An iteration that a reader will ask about. */
export interface Worst {
  readonly iteration: Iteration;
  /** Why it was chosen, as a sentence. */
  readonly why: string;
}

/** Of an engine's outliers, how many are shown. */
export const maxOutliers = 3;
/** Tukey's fence: how many interquartile ranges above the upper quartile an outlier begins. */
const fenceRanges = 1.5;

interface Outlier extends Worst {
  readonly beyondMedianMs: number;
}

function outlierOf(iteration: Iteration, analysis: Analysis): Outlier[] {
  const { description } = armOf(analysis, iteration.disturbance, iteration.engine, 'restore');
  const restoreMs = iteration.timeToRestoreMs;
  if (description === null || restoreMs === null) return [];
  const { lowerQuartile, median, upperQuartile } = description;
  // Where a quartile lies among censored samples, there is no fence: what is slow there is the censored ones.
  if (upperQuartile.relation !== 'equal') return [];
  const fenceMs = upperQuartile.valueMs + fenceRanges * (upperQuartile.valueMs - lowerQuartile.valueMs);
  if (restoreMs <= fenceMs) return [];
  const why =
    `Restored after ${formatDuration(restoreMs)}; the median of its arm is ${formatDuration(median.valueMs)}, ` +
    `and an outlier begins at ${formatDuration(fenceMs)}.`;
  return [{ iteration, why, beyondMedianMs: restoreMs - median.valueMs }];
}

/** What did not come: iterations alike in this have one explanation more often than not. */
function missingIn(iteration: Iteration): string {
  const { timeToRestoreMs, timeToReadyMs } = iteration;
  const missing = timeToRestoreMs === null ? 'restored' : timeToReadyMs === null ? 'ready' : 'settled';
  return `${missing}${wasGivenUp(iteration) ? ', and given up' : ''}`;
}

function censoredKinds(iterations: readonly Iteration[]): Worst[] {
  const censored = iterations.filter(({ verdict }) => verdict === 'censored');
  const kinds = [...new Set(censored.map(missingIn))];
  return kinds.flatMap((kind) => {
    const alike = censored.filter((iteration) => missingIn(iteration) === kind);
    const [first] = alike;
    const count = alike.length === 1 ? 'the only one' : `the first of ${alike.length}`;
    if (first === undefined) return [];
    return [
      { iteration: first, why: `Censored, ${first.reason}; ${count} of its engine that was not ${kind}.` },
    ];
  });
}

/**
 * The iterations of an engine to explain: those whose time to restore is an outlier of its arm (above Tukey's fence), at most
 * three, the one furthest from its arm's median first; then the first of each kind of censored ones. Only iterations that count.
 */
export function chooseWorst(results: Results, analysis: Analysis, engine: EngineName): Worst[] {
  const own = judgedIterations(results).filter((iteration) => iteration.engine === engine);
  const outliers = own
    .flatMap((iteration) => outlierOf(iteration, analysis))
    .toSorted((left, right) => right.beyondMedianMs - left.beyondMedianMs)
    .slice(0, maxOutliers);
  const chosen = new Set(outliers.map(({ iteration }) => iteration));
  return [
    ...outliers.map(({ iteration, why }) => ({ iteration, why })),
    ...censoredKinds(own).filter(({ iteration }) => !chosen.has(iteration)),
  ];
}
