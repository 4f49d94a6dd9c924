import { quantileSorted } from 'simple-statistics';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { ascending, boundValues, latestValue, type Estimate, type Interval, type Sample } from './sample.ts';

const resamples = 10_000;

/**
 * The 95 % percentile bootstrap interval of the median, from 10,000 resamples of at least one sample.
 * The same samples and seed give the same interval.
 */
export function bootstrapMedianInterval(samples: readonly Sample[], seed: number): Interval {
  const exactMedians = resampledMedians(ascending(samples.map(latestValue)), seed);
  const hasCensored = samples.some(({ isCensored }) => isCensored);
  const boundMedians = hasCensored ? resampledMedians(ascending(boundValues(samples)), seed) : exactMedians;
  const endAt = (probability: number): Estimate => {
    const exact = quantileSorted(exactMedians, probability);
    if (Number.isFinite(exact)) return { valueMs: exact, relation: 'equal' };
    return { valueMs: quantileSorted(boundMedians, probability), relation: 'moreThan' };
  };
  return { low: endAt(0.025), high: endAt(0.975) };
}

function resampledMedians(sorted: readonly number[], seed: number): number[] {
  const random = xoroshiro128plus(seed);
  const draws = new Uint32Array(sorted.length);
  const medians = Float64Array.from({ length: resamples }, () => {
    draws.fill(0);
    for (let left = sorted.length; left > 0; left -= 1) {
      const position = uniformInt(random, 0, sorted.length - 1);
      draws[position] = (draws[position] ?? 0) + 1;
    }
    return medianOfDraws(sorted, draws);
  });
  return [...medians.sort()];
}

/** Walks how often each value was drawn, which spares sorting every resample. */
function medianOfDraws(sorted: readonly number[], draws: Uint32Array): number {
  const lower = valueAtRank(sorted, draws, Math.floor((sorted.length - 1) / 2));
  const upper = valueAtRank(sorted, draws, Math.floor(sorted.length / 2));
  return (lower + upper) / 2;
}

function valueAtRank(sorted: readonly number[], draws: Uint32Array, rank: number): number {
  let passed = 0;
  for (const [position, value] of sorted.entries()) {
    passed += draws[position] ?? 0;
    if (passed > rank) return value;
  }
  return NaN;
}
