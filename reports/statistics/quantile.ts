import { quantileSorted } from 'simple-statistics';
import { ascending, boundValues, latestValue, type Estimate, type Sample } from './sample.ts';

/**
 * The quantile at `probability` (0 to 1) of at least one sample, interpolated as R's type 7 does.
 * Where it falls among censored samples it is a lower bound, taken from the times that they are longer than.
 * It is right where no sample was censored before another was observed; elsewhere it is the curve that tells.
 */
export function quantileOf(samples: readonly Sample[], probability: number): Estimate {
  const exact = quantileSorted(ascending(samples.map(latestValue)), probability);
  if (Number.isFinite(exact)) return { valueMs: exact, relation: 'equal' };
  return { valueMs: quantileSorted(ascending(boundValues(samples)), probability), relation: 'moreThan' };
}
