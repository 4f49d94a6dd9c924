import { errorFunction } from 'simple-statistics';
import { countRankSums, doubledMidranks, exactLimit } from './rank-sums.ts';
import type { Sample } from './sample.ts';

/**
 * The two-sided p of the Mann-Whitney test that two arms, each of at least one sample, don't differ.
 * Where a sample was censored before another was observed, it is Gehan's test, to which such a pair is a tie.
 * Up to 80 samples in all it is exact, from the permutation distribution of the midranks, so that ties are allowed;
 * above that it is the normal approximation with corrections for ties and continuity.
 */
export function mannWhitneyP(first: readonly Sample[], second: readonly Sample[]): number {
  const ranks = doubledMidranks([...first, ...second]);
  const rankSum = total(ranks.slice(0, first.length));
  const expected = first.length * (ranks.length + 1);
  const distance = Math.abs(rankSum - expected);
  if (ranks.length > exactLimit) return approximateP(ranks, first.length, distance);
  return exactP(ranks, first.length, distance, expected);
}

function exactP(ranks: readonly number[], size: number, distance: number, expected: number): number {
  const ways = countRankSums(ranks, size);
  const extreme = ways.filter((_, sum) => Math.abs(sum - expected) >= distance);
  return Math.min(1, total(extreme) / total(ways));
}

/** `distance` is that of a doubled rank sum, so that its variance is four times that of the rank sum. */
function approximateP(ranks: readonly number[], size: number, distance: number): number {
  const mean = ranks.length + 1;
  const squares = total(ranks.map((rank) => (rank - mean) ** 2));
  const variance = (size * (ranks.length - size) * squares) / (ranks.length * (ranks.length - 1));
  if (variance === 0) return 1;
  const halfStep = 1;
  const score = Math.max(0, distance - halfStep) / Math.sqrt(variance);
  return Math.min(1, Math.max(0, 1 - errorFunction(score / Math.SQRT2)));
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
