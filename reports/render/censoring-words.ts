import { formatDuration } from '../../common/duration.ts';
import { kaplanMeier, restrictedMean } from '../statistics/kaplan-meier.ts';
import { earliestValue } from '../statistics/sample.ts';
import type { Arm } from './arm.ts';

/**
 * The longest time up to which the curves of all arms are known: what is said of them side by side is said up to there.
 * Null where no sample is censored.
 */
export function horizonMs(arms: readonly Arm[]): number | null {
  const isCensored = arms.some(({ samples }) => samples.some((sample) => sample.isCensored));
  if (!isCensored) return null;
  const curves = arms.filter(({ samples }) => samples.length > 0).map(({ samples }) => kaplanMeier(samples));
  const knownUntilMs = Math.min(...curves.map((curve) => curve.knownUntilMs));
  return Math.min(knownUntilMs, Math.max(...curves.map(({ endMs }) => endMs)));
}

/** In how many iterations the engine gave up. */
export function gaveUpCount({ samples }: Arm): number {
  return samples.filter((sample) => earliestValue(sample) === Infinity).length;
}

/** In how many iterations an engine restored the object by then: `4 of 6 iterations`. */
export function restoredWithin({ samples }: Arm, untilMs: number): string {
  const restored = samples.filter(({ isCensored, valueMs }) => !isCensored && valueMs <= untilMs);
  return `${restored.length} of ${samples.length} iterations`;
}

/**
 * What else is to be said of an engine's iterations up to then, in brackets: what became of those that were not restored, and
 * the restricted mean, which is left out where the curve is not known so far.
 */
export function notesWithin(arm: Arm, untilMs: number): string {
  const { samples } = arm;
  const watchedLess = samples.filter((sample) => sample.isCensored && earliestValue(sample) < untilMs);
  const meanMs = samples.length === 0 ? null : restrictedMean(kaplanMeier(samples), untilMs);
  const notes = [
    ...(gaveUpCount(arm) === 0 ? [] : [`it gave up in ${gaveUpCount(arm)}`]),
    ...(watchedLess.length === 0 ? [] : [`${watchedLess.length} watched for less`]),
    ...(meanMs === null ? [] : [`restricted mean up to then ${formatDuration(meanMs)}`]),
  ];
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`;
}
