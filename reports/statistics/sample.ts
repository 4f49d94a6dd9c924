/** One measured time. A censored one is known only to be longer than its value: watching ended before it did. */
export interface Sample {
  readonly valueMs: number;
  readonly isCensored: boolean;
}

/** A figure, or the bound of it that is left where censored samples hide the figure itself. */
export interface Estimate {
  readonly valueMs: number;
  readonly relation: 'equal' | 'moreThan' | 'lessThan';
}

/** The two ends of a 95 % interval. */
export interface Interval {
  readonly low: Estimate;
  readonly high: Estimate;
}

/** Below this many samples in an arm nothing is inferred: 4 against 4 can't reach p < 0.05 over even two comparisons. */
export const minSamplesToInfer = 5;

/** The value by which samples are ranked: a censored one is larger than every observed one, and ties with its like. */
export function rankedValue(sample: Sample): number {
  return sample.isCensored ? Infinity : sample.valueMs;
}

/** The samples' values, in milliseconds, where a censored one counts as just the time that it is longer than. */
export function boundValues(samples: readonly Sample[]): number[] {
  return samples.map((sample) => sample.valueMs);
}

/** A copy in ascending order. */
export function ascending(values: readonly number[]): number[] {
  return values.toSorted((left, right) => left - right);
}
