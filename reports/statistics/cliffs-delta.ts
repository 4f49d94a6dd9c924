import { knownOrder, type Sample } from './sample.ts';

/**
 * Cliff's delta: how much more often a sample of `first` is longer than one of `second` than shorter, over all pairs.
 * 1: always longer; -1: always shorter; 0: as often the one as the other. Pairs whose order censoring hides count for neither.
 * Both need at least one sample.
 */
export function cliffsDelta(first: readonly Sample[], second: readonly Sample[]): number {
  const orders = first.flatMap((left) => second.map((right) => knownOrder(left, right)));
  return orders.reduce<number>((sum, order) => sum + order, 0) / orders.length;
}
