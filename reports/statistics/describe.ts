import { bootstrapMedianInterval } from './bootstrap.ts';
import { curveMedianInterval, curveQuantile, kaplanMeier } from './kaplan-meier.ts';
import { quantileOf } from './quantile.ts';
import { hasUnknownOrder, minSamplesToInfer, type Estimate, type Interval, type Sample } from './sample.ts';

/** What is said of one arm's samples. */
export interface Description {
  readonly count: number;
  readonly censoredCount: number;
  /**
   * Where quantiles and interval come from: the ranks of the samples, or the Kaplan-Meier curve, where samples were censored
   * before others were observed.
   */
  readonly basis: 'ranks' | 'curve';
  readonly min: Estimate;
  readonly lowerQuartile: Estimate;
  readonly median: Estimate;
  /** Null below 5 samples. */
  readonly medianInterval: Interval | null;
  readonly upperQuartile: Estimate;
  readonly p90: Estimate;
  readonly p95: Estimate;
  readonly max: Estimate;
}

/** Describes samples; null where there are none. The same samples and seed give the same description. */
export function describe(samples: readonly Sample[], seed: number): Description | null {
  const [shortest] = samples.toSorted((left, right) => left.valueMs - right.valueMs);
  if (shortest === undefined) return null;
  const basis = hasUnknownOrder(samples) ? 'curve' : 'ranks';
  const curve = kaplanMeier(samples);
  const quantile = (probability: number): Estimate =>
    basis === 'curve' ? curveQuantile(curve, probability) : quantileOf(samples, probability);
  const interval = (): Interval =>
    basis === 'curve' ? curveMedianInterval(curve) : bootstrapMedianInterval(samples, seed);
  return {
    count: samples.length,
    censoredCount: samples.filter(({ isCensored }) => isCensored).length,
    basis,
    min: basis === 'curve' ? boundOf(shortest) : quantileOf(samples, 0),
    lowerQuartile: quantile(0.25),
    median: quantile(0.5),
    medianInterval: samples.length < minSamplesToInfer ? null : interval(),
    upperQuartile: quantile(0.75),
    p90: quantile(0.9),
    p95: quantile(0.95),
    max: quantileOf(samples, 1),
  };
}

function boundOf({ valueMs, isCensored }: Sample): Estimate {
  return { valueMs, relation: isCensored ? 'moreThan' : 'equal' };
}
