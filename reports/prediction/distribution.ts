import type { Prediction, Spread } from '../record/schema.ts';

/** The distribution of a sum of independent times, counted out on a fine grid. */
export interface Distribution {
  /** How likely the sum is to be at most `ms`. */
  readonly cdf: (ms: number) => number;
  /** The time that the sum is at most with `probability`, 0 to 1. */
  readonly quantile: (probability: number) => number;
}

/** Steps of the grid over the whole spread; the error of a probability is far below what a test of samples can tell. */
const gridSteps = 2000;

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
  readonly weight: number;
}

/** A spread as ranges, of which a point is the narrowest. */
function rangesOf(spread: Spread): Range[] {
  switch (spread.kind) {
    case 'constant':
      return [{ fromMs: spread.ms, toMs: spread.ms, weight: 1 }];
    case 'uniform':
      return [{ ...spread, weight: 1 }];
    case 'mixture':
      return spread.ranges;
    case 'empirical':
      return spread.samplesMs.map((ms) => ({ fromMs: ms, toMs: ms, weight: 1 }));
  }
}

function spanOf(ranges: readonly Range[]): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
  };
}

/** Adds `mass` to the grid at a position between two of its points, so that the mean is kept. */
function addPoint(grid: Float64Array, position: number, mass: number): void {
  const below = Math.min(grid.length - 1, Math.floor(position));
  const share = position - below;
  grid[below] = (grid[below] ?? 0) + mass * (1 - share);
  if (share > 0) grid[below + 1] = (grid[below + 1] ?? 0) + mass * share;
}

/** The probabilities of one term at the points of a grid that begins at its shortest time. */
function gridOf(ranges: readonly Range[], stepMs: number): Float64Array {
  const { fromMs, toMs } = spanOf(ranges);
  const grid = new Float64Array(Math.ceil((toMs - fromMs) / stepMs) + 2);
  const total = ranges.reduce((sum, { weight }) => sum + weight, 0);
  for (const range of ranges) {
    const pieces = Math.max(1, Math.ceil((range.toMs - range.fromMs) / stepMs));
    const pieceMs = (range.toMs - range.fromMs) / pieces;
    for (let piece = 0; piece < pieces; piece += 1) {
      const middleMs = range.fromMs + (piece + 0.5) * pieceMs;
      addPoint(grid, (middleMs - fromMs) / stepMs, range.weight / total / pieces);
    }
  }
  return grid;
}

function convolve(left: Float64Array, right: Float64Array): Float64Array {
  const sum = new Float64Array(left.length + right.length - 1);
  left.forEach((mass, at) => {
    if (mass === 0) return;
    right.forEach((other, index) => {
      sum[at + index] = (sum[at + index] ?? 0) + mass * other;
    });
  });
  return sum;
}

/** The distribution of the sum of independent spreads; at least one. The same spreads give the same distribution. */
export function distributionOf(spreads: readonly Spread[]): Distribution {
  const terms = spreads.map(rangesOf);
  const spans = terms.map(spanOf);
  const startMs = spans.reduce((sum, { fromMs }) => sum + fromMs, 0);
  const widthMs = spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const stepMs = Math.max(widthMs, 0.001) / gridSteps;
  const grid = terms.map((ranges) => gridOf(ranges, stepMs)).reduce(convolve);
  let reached = 0;
  const cumulated = grid.map((mass) => (reached += mass));
  return {
    cdf: (ms) => cdfAt(cumulated, (ms - startMs) / stepMs),
    quantile: (probability) => startMs + stepMs * positionOf(cumulated, probability),
  };
}

/** The mass of a point of the grid is taken to be uniform over the half step to either side. */
function cdfAt(cumulated: Float64Array, position: number): number {
  const shifted = position + 0.5;
  if (shifted <= 0) return 0;
  const point = Math.floor(shifted);
  if (point >= cumulated.length) return 1;
  const before = cumulated[point - 1] ?? 0;
  return Math.min(1, before + (shifted - point) * ((cumulated[point] ?? 1) - before));
}

function positionOf(cumulated: Float64Array, probability: number): number {
  const found = cumulated.findIndex((reached) => reached >= probability);
  const point = found === -1 ? cumulated.length - 1 : found;
  const before = cumulated[point - 1] ?? 0;
  const mass = (cumulated[point] ?? 1) - before;
  return point - 0.5 + (mass > 0 ? Math.min(1, (probability - before) / mass) : 0);
}

/** The distribution that a prediction states; null where it predicts that nothing is restored. */
export function predictedDistribution({ terms, never }: Prediction): Distribution | null {
  return never === null && terms.length > 0 ? distributionOf(terms.map(({ spread }) => spread)) : null;
}
