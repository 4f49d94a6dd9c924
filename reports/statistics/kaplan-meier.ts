import {
  ascending,
  earliestValue,
  normalQuantile,
  type Estimate,
  type Interval,
  type Sample,
} from './sample.ts';

/** One step of a curve: from `atMs` on, until the next step, so large a share has not come yet. */
interface CurveStep {
  readonly atMs: number;
  /** 0 to 1. */
  readonly share: number;
  /** Greenwood's standard error of `share`. */
  readonly standardError: number;
  /** The 95 % band at this step; null where the share is 0, since Greenwood's variance has no value there. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

/** The estimated share of times that are longer than each moment. */
export interface KaplanMeierCurve {
  /** In the order of time; the share is 1 before the first. */
  readonly steps: readonly CurveStep[];
  /** The longest time for which any sample was watched. */
  readonly endMs: number;
  /** Until when the curve is known: Infinity where all that is left at its end are samples that the engine gave up. */
  readonly knownUntilMs: number;
}

/**
 * The Kaplan-Meier curve of at least one sample, with Greenwood's standard error and the pointwise 95 % band on the scale of
 * log(-log(share)), which stays between 0 and 1 (Kalbfleisch and Prentice 1980; R's survfit calls it `log-log`).
 * A sample that is censored when another is observed still counts as at risk. One that the engine gave up counts as at risk
 * until the end. Every other censoring is taken to say nothing of how long the time would have been.
 */
export function kaplanMeier(samples: readonly Sample[]): KaplanMeierCurve {
  const observed = samples.filter(({ isCensored }) => !isCensored);
  const timesMs = ascending([...new Set(observed.map(({ valueMs }) => valueMs))]);
  const steps: CurveStep[] = [];
  let share = 1;
  let greenwood = 0;
  for (const atMs of timesMs) {
    const atRisk = samples.filter((sample) => earliestValue(sample) >= atMs).length;
    const came = observed.filter(({ valueMs }) => valueMs === atMs).length;
    share = came === atRisk ? 0 : share * (1 - came / atRisk);
    greenwood += came / (atRisk * (atRisk - came));
    const standardError = share === 0 ? 0 : share * Math.sqrt(greenwood);
    steps.push({ atMs, share, standardError, band: bandAt(share, greenwood) });
  }
  const endMs = Math.max(...samples.map(({ valueMs }) => valueMs));
  return { steps, endMs, knownUntilMs: longestLeft(samples, timesMs.at(-1) ?? 0) };
}

/** The longest time of those that were still watched at the last step and that nobody gave up. */
function longestLeft(samples: readonly Sample[], lastStepMs: number): number {
  const left = samples.filter(
    (sample) => sample.isCensored && earliestValue(sample) < Infinity && sample.valueMs >= lastStepMs,
  );
  return left.length === 0 ? Infinity : Math.max(...left.map(({ valueMs }) => valueMs));
}

function bandAt(share: number, greenwood: number): CurveStep['band'] {
  if (share === 0) return null;
  const reach = (normalQuantile * Math.sqrt(greenwood)) / Math.abs(Math.log(share));
  return { low: share ** Math.exp(reach), high: share ** Math.exp(-reach) };
}

/**
 * The quantile at `probability` (above 0, below 1): the first time at which the curve is at or below what is left; the middle
 * of the step where it is just that (as R's survfit does). "More than" the end of the curve where it does not come so low.
 */
export function curveQuantile({ steps, endMs }: KaplanMeierCurve, probability: number): Estimate {
  const left = 1 - probability;
  const rounding = 1e-9;
  const position = steps.findIndex(({ share }) => share <= left + rounding);
  const step = steps[position];
  if (step === undefined) return { valueMs: endMs, relation: 'moreThan' };
  if (step.share < left - rounding) return { valueMs: step.atMs, relation: 'equal' };
  const next = steps[position + 1];
  if (next === undefined) return { valueMs: step.atMs, relation: 'moreThan' };
  return { valueMs: (step.atMs + next.atMs) / 2, relation: 'equal' };
}

/**
 * The 95 % interval of the median: all times at which the band holds one half (Brookmeyer and Crowley,
 * Biometrics 38, 1982). "More than" the end of the curve where the band does not leave one half below.
 */
export function curveMedianInterval({ steps, endMs }: KaplanMeierCurve): Interval {
  const firstBelow = (end: 'low' | 'high'): Estimate => {
    const step = steps.find(({ band }) => band !== null && band[end] <= 0.5);
    if (step !== undefined) return { valueMs: step.atMs, relation: 'equal' };
    return { valueMs: endMs, relation: 'moreThan' };
  };
  return { low: firstBelow('low'), high: firstBelow('high') };
}

/**
 * The restricted mean in milliseconds: the area below the curve up to `horizonMs`, which is the mean time if every longer
 * one counts as `horizonMs`. Null where the curve is not known up to the horizon.
 */
export function restrictedMean({ steps, knownUntilMs }: KaplanMeierCurve, horizonMs: number): number | null {
  if (horizonMs > knownUntilMs) return null;
  let [areaMs, fromMs, share] = [0, 0, 1];
  for (const step of steps.filter(({ atMs }) => atMs < horizonMs)) {
    areaMs += share * (step.atMs - fromMs);
    [fromMs, share] = [step.atMs, step.share];
  }
  return areaMs + share * (horizonMs - fromMs);
}
