import { rankedValue, type Sample } from './sample.ts';

/**
 * Cliff's delta: how much more often a sample of `first` is longer than one of `second` than shorter, over all pairs.
 * 1: always longer; -1: always shorter; 0: as often the one as the other. Both need at least one sample.
 */
export function cliffsDelta(first: readonly Sample[], second: readonly Sample[]): number {
  const signs = first.flatMap((left) =>
    second.map((right) => compare(rankedValue(left), rankedValue(right))),
  );
  return signs.reduce((sum, sign) => sum + sign, 0) / signs.length;
}

function compare(left: number, right: number): number {
  return Number(left > right) - Number(left < right);
}
