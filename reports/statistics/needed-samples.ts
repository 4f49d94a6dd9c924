import { bisect, errorFunction } from 'simple-statistics';
import { minSamplesToInfer } from './sample.ts';

interface Wish {
  /** Cliff's delta of the difference that is to be shown. */
  readonly delta: number;
  /** The p, before any correction, below which a difference is claimed. */
  readonly level: number;
  /** The chance of showing it; above 0, below 1. */
  readonly power: number;
}

/**
 * About how many samples each of two arms needs for the Mann-Whitney test to show a difference: Noether's formula
 * (Journal of the American Statistical Association 82, 1987, https://doi.org/10.1080/01621459.1987.10478478), and never fewer
 * than `leastConclusiveSamples`. Null where delta is 0.
 */
export function neededSamples({ delta, level, power }: Wish): number | null {
  if (delta === 0) return null;
  const sum = normalQuantileAt(1 - level / 2) + normalQuantileAt(power);
  // Delta is twice the distance of P(X > Y) from one half.
  const noether = (4 * sum ** 2) / (6 * delta ** 2);
  return Math.max(Math.ceil(noether), leastConclusiveSamples(level));
}

/** The fewest samples of each arm with which the exact two-sided p can fall below `level`, where all of one arm are longer. */
export function leastConclusiveSamples(level: number): number {
  let size = minSamplesToInfer;
  while (2 / waysToSplit(size) >= level) size += 1;
  return size;
}

/** In how many ways twice `size` samples can be dealt to two arms. */
function waysToSplit(size: number): number {
  return Array.from({ length: size }, (_, index) => (size + index + 1) / (index + 1)).reduce(
    (product, factor) => product * factor,
    1,
  );
}

function normalQuantileAt(probability: number): number {
  const excess = (score: number): number => (1 + errorFunction(score / Math.SQRT2)) / 2 - probability;
  return bisect(excess, -8, 8, 100, 1e-9);
}
