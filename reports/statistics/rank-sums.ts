import { knownOrder, type Sample } from './sample.ts';

/** Up to this many samples in both arms together, the distribution is counted out exactly; that takes less than 0.1 s. */
export const exactLimit = 80;

/**
 * Twice the midrank of every sample among all of them: whole numbers even where samples tie. Pairs whose order censoring
 * hides count as ties: less the number of samples and 1, these are the scores of Gehan's test
 * (Biometrika 52, 1965, https://doi.org/10.1093/biomet/52.1-2.203), which so is the Mann-Whitney test where no order is hidden.
 */
export function doubledMidranks(samples: readonly Sample[]): number[] {
  return samples.map((sample) => samples.reduce((sum, other) => sum + 1 + knownOrder(sample, other), 1));
}

/**
 * In how many ways `size` of the given whole-number ranks add up to each sum; the sum is the index.
 * It is the permutation distribution of an arm's rank sum where the arms don't differ.
 */
export function countRankSums(ranks: readonly number[], size: number): Float64Array {
  const maxSum = ranks
    .toSorted((left, right) => right - left)
    .slice(0, size)
    .reduce((sum, rank) => sum + rank, 0);
  const waysBySize = Array.from({ length: size + 1 }, () => new Float64Array(maxSum + 1));
  waysBySize[0]?.fill(1, 0, 1);
  for (const rank of ranks) {
    for (let chosen = size; chosen >= 1; chosen -= 1) {
      addShifted(waysBySize[chosen], waysBySize[chosen - 1], rank);
    }
  }
  return waysBySize[size] ?? new Float64Array();
}

function addShifted(target: Float64Array | undefined, source: Float64Array | undefined, shift: number): void {
  if (target === undefined || source === undefined) return;
  for (let sum = target.length - 1; sum >= shift; sum -= 1) {
    target[sum] = (target[sum] ?? 0) + (source[sum - shift] ?? 0);
  }
}
