import { quantileSorted } from 'simple-statistics';
import { countRankSums, exactLimit } from './rank-sums.ts';
import {
  ascending,
  boundValues,
  earliestValue,
  latestValue,
  normalQuantile,
  type Estimate,
  type Interval,
  type Sample,
} from './sample.ts';

/** How much longer the first arm takes than the second. */
export interface Difference {
  readonly estimate: Estimate;
  /** Null where the samples are too few for 95 %. */
  readonly interval: Interval | null;
}

interface PairDifferences {
  /** With every censored sample as early, and as late, as it can be. */
  readonly earliest: readonly number[];
  readonly latest: readonly number[];
  readonly bounds: readonly number[];
  readonly hidden: Estimate['relation'];
}

/**
 * The Hodges-Lehmann difference, first minus second: the median of the differences of all pairs, with the 95 % interval
 * that belongs to the Mann-Whitney test (with ties it is a little wider than it need be).
 * Where censored samples could move it, it is the bound that is left of it.
 * Null where both arms hold censored samples, since nothing bounds the difference of two of those.
 */
export function hodgesLehmann(first: readonly Sample[], second: readonly Sample[]): Difference | null {
  const hasCensored = (samples: readonly Sample[]): boolean => samples.some(({ isCensored }) => isCensored);
  if (hasCensored(first) && hasCensored(second)) return null;
  const differences: PairDifferences = {
    earliest: pairDifferences(first.map(earliestValue), second.map(earliestValue)),
    latest: pairDifferences(first.map(latestValue), second.map(latestValue)),
    bounds: pairDifferences(boundValues(first), boundValues(second)),
    hidden: hasCensored(first) ? 'moreThan' : 'lessThan',
  };
  const pairs = differences.latest.length;
  const excluded = pairsOutsideInterval(first.length, second.length);
  return {
    estimate: estimate(differences, (sorted) => quantileSorted(sorted, 0.5)),
    interval:
      excluded === 0
        ? null
        : {
            low: estimate(differences, (sorted) => sorted[excluded - 1] ?? NaN),
            high: estimate(differences, (sorted) => sorted[pairs - excluded] ?? NaN),
          },
  };
}

function pairDifferences(first: readonly number[], second: readonly number[]): number[] {
  return ascending(first.flatMap((left) => second.map((right) => left - right)));
}

function estimate(differences: PairDifferences, pick: (sorted: number[]) => number): Estimate {
  const latest = pick([...differences.latest]);
  const isKnown = Number.isFinite(latest) && pick([...differences.earliest]) === latest;
  if (isKnown) return { valueMs: latest, relation: 'equal' };
  return { valueMs: pick([...differences.bounds]), relation: differences.hidden };
}

/** The position, from 1 and from either end, of the pair difference that ends the interval; 0 where none reaches 95 %. */
function pairsOutsideInterval(firstSize: number, secondSize: number): number {
  const size = firstSize + secondSize;
  if (size > exactLimit) {
    const spread = Math.sqrt((firstSize * secondSize * (size + 1)) / 12);
    return Math.max(0, Math.floor((firstSize * secondSize) / 2 - normalQuantile * spread));
  }
  const ranks = Array.from({ length: size }, (_, index) => index + 1);
  const ways = countRankSums(ranks, firstSize);
  const allWays = ways.reduce((sum, count) => sum + count, 0);
  const smallestSum = (firstSize * (firstSize + 1)) / 2;
  let below = 0;
  let position = 0;
  for (const count of ways.subarray(smallestSum)) {
    below += count;
    if (below / allWays > 0.025) return position;
    position += 1;
  }
  return position;
}
