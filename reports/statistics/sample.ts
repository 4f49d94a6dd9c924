/** One measured time. A censored one is known only to be longer than its value: watching ended before it did. */
export interface Sample {
  readonly valueMs: number;
  readonly isCensored: boolean;
  /**
   * Watching a censored one ended early because the engine said that it would not try again. It counts as longer than every
   * observed time: to take it as one that was merely watched for less would count it as likely to recover as the others.
   */
  readonly hasGivenUp?: boolean;
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

/** The 97.5 % quantile of the normal distribution: the half width of a 95 % interval in standard errors. */
export const normalQuantile = 1.959964;

/**
 * 1 where `first` is known to be longer than `second`, -1 where it is known to be shorter; 0 where they are equal, both
 * censored, or where the one was watched for less time than the other took, so that nobody knows.
 */
export function knownOrder(first: Sample, second: Sample): -1 | 0 | 1 {
  if (first.isCensored) return !second.isCensored && outlasts(first, second) ? 1 : 0;
  if (second.isCensored) return outlasts(second, first) ? -1 : 0;
  if (first.valueMs === second.valueMs) return 0;
  return first.valueMs > second.valueMs ? 1 : -1;
}

/** Whether a sample was censored before another was observed, so that which of them is longer is not known. */
export function hasUnknownOrder(samples: readonly Sample[]): boolean {
  const longestMs = Math.max(...samples.map(({ valueMs, isCensored }) => (isCensored ? -Infinity : valueMs)));
  return samples.some((sample) => latestValue(sample) === Infinity && earliestValue(sample) < longestMs);
}

function outlasts(censored: Sample, observed: Sample): boolean {
  return earliestValue(censored) >= observed.valueMs;
}

/** The least that a sample can be, in milliseconds; Infinity where the engine gave up. */
export function earliestValue(sample: Sample): number {
  return sample.isCensored && sample.hasGivenUp === true ? Infinity : sample.valueMs;
}

/** The most that a sample can be, in milliseconds: Infinity where it is censored. */
export function latestValue(sample: Sample): number {
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
