import { bootstrapMedianInterval } from './bootstrap.ts';
import { quantileOf } from './quantile.ts';
import { minSamplesToInfer, type Estimate, type Interval, type Sample } from './sample.ts';

/** What is said of one arm's samples. */
export interface Description {
  readonly count: number;
  readonly censoredCount: number;
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
  if (samples.length === 0) return null;
  return {
    count: samples.length,
    censoredCount: samples.filter(({ isCensored }) => isCensored).length,
    min: quantileOf(samples, 0),
    lowerQuartile: quantileOf(samples, 0.25),
    median: quantileOf(samples, 0.5),
    medianInterval: samples.length < minSamplesToInfer ? null : bootstrapMedianInterval(samples, seed),
    upperQuartile: quantileOf(samples, 0.75),
    p90: quantileOf(samples, 0.9),
    p95: quantileOf(samples, 0.95),
    max: quantileOf(samples, 1),
  };
}
