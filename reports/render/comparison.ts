import type { EngineName } from '../record/schema.ts';
import { cliffsDelta } from '../statistics/cliffs-delta.ts';
import { hodgesLehmann, type Difference } from '../statistics/hodges-lehmann.ts';
import { holm } from '../statistics/holm.ts';
import { mannWhitneyP } from '../statistics/mann-whitney.ts';
import { leastConclusiveSamples, neededSamples } from '../statistics/needed-samples.ts';
import { minSamplesToInfer } from '../statistics/sample.ts';
import { neverCame, type Arm } from './arm.ts';
import { isByHand } from './names.ts';

/** From this corrected p on, no difference is claimed. */
export const significance = 0.05;

/** The chance of showing a difference with which the iterations that would be needed are reckoned. */
const power = 0.8;

type Verdict =
  | { readonly kind: 'faster'; readonly faster: Arm; readonly slower: Arm }
  | { readonly kind: 'noDifferenceShown' }
  | { readonly kind: 'notEnoughData' }
  /** At least one engine never restored it. */
  | { readonly kind: 'notCorrected'; readonly by: readonly EngineName[] };

/** Two engines' times to restore after the same disturbance. */
export interface Comparison {
  readonly disturbance: string;
  readonly first: Arm;
  readonly second: Arm;
  /** Null where an arm is empty or both hold censored samples. */
  readonly difference: Difference | null;
  /** Null where an arm has fewer than 5 samples, as are the p values. */
  readonly delta: number | null;
  readonly p: number | null;
  readonly correctedP: number | null;
  readonly verdict: Verdict;
  /**
   * About how many iterations of each engine would be needed: to show the difference that was seen where none is claimed; for
   * any claim at all where there is not enough data. Null where there is a claim, and where no difference was seen.
   */
  readonly neededSamples: number | null;
}

/** Compares the arms that belong to one disturbance. */
export function compareArms(arms: readonly Arm[]): Comparison[] {
  return comparePairs(pairUp(arms));
}

/** Compares the arms of each pair; Holm's correction is over all pairs that have enough samples. */
export function comparePairs(pairs: readonly Pair[]): Comparison[] {
  const tested = pairs.filter(([first, second]) => hasEnough(first) && hasEnough(second));
  const pValues = tested.map(([first, second]) => mannWhitneyP(first.samples, second.samples));
  const correctedPValues = holm(pValues);
  return pairs.map((pair) => {
    const position = tested.indexOf(pair);
    const comparison = compare(pair, pValues[position] ?? null, correctedPValues[position] ?? null);
    // The strictest level that Holm's correction can ask for, if every disturbance has enough iterations.
    return { ...comparison, neededSamples: samplesNeeded(comparison, significance / pairs.length) };
  });
}

type Judged = Omit<Comparison, 'neededSamples'>;

export type Pair = readonly [first: Arm, second: Arm];

/** Where people recover, too, it is they whom each engine is compared with: every further test would weaken the ones that matter. */
function pairUp(arms: readonly Arm[]): Pair[] {
  const hasPeople = arms.some(({ engine }) => isByHand(engine));
  return arms.flatMap((first, index) =>
    arms.slice(index + 1).flatMap((second): Pair[] => {
      const isAsked = !hasPeople || isByHand(first.engine) !== isByHand(second.engine);
      return isAsked && second.disturbance === first.disturbance ? [[first, second]] : [];
    }),
  );
}

/** The comparisons of the same two engines together, in the order in which they come. */
export function byPair(comparisons: readonly Comparison[]): Comparison[][] {
  const pairs = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const key = `${comparison.first.engine} ${comparison.second.engine}`;
    pairs.set(key, [...(pairs.get(key) ?? []), comparison]);
  }
  return [...pairs.values()];
}

function hasEnough({ samples }: Arm): boolean {
  return samples.length >= minSamplesToInfer;
}

function compare([first, second]: Pair, p: number | null, correctedP: number | null): Judged {
  const isEmpty = first.samples.length === 0 || second.samples.length === 0;
  const delta = p === null ? null : cliffsDelta(first.samples, second.samples);
  return {
    disturbance: first.disturbance,
    first,
    second,
    difference: isEmpty ? null : hodgesLehmann(first.samples, second.samples),
    delta,
    p,
    correctedP,
    verdict: judge([first, second], delta, correctedP),
  };
}

function judge([first, second]: Pair, delta: number | null, correctedP: number | null): Verdict {
  const never = [first, second].filter(neverCame);
  if (never.length > 0) return { kind: 'notCorrected', by: never.map(({ engine }) => engine) };
  if (delta === null || correctedP === null) return { kind: 'notEnoughData' };
  if (correctedP >= significance || delta === 0) return { kind: 'noDifferenceShown' };
  return delta < 0
    ? { kind: 'faster', faster: first, slower: second }
    : { kind: 'faster', faster: second, slower: first };
}

function samplesNeeded({ verdict, delta, first, second }: Judged, level: number): number | null {
  if (verdict.kind === 'notEnoughData') return leastConclusiveSamples(level);
  if (verdict.kind !== 'noDifferenceShown' || delta === null) return null;
  const needed = neededSamples({ delta, level, power });
  // So many as there are did not show it.
  return needed === null ? null : Math.max(needed, 1 + Math.max(first.samples.length, second.samples.length));
}
