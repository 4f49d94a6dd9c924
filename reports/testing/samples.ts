import type { Sample } from '../statistics/sample.ts';

/** Observed samples, for tests. */
export function observed(...valuesMs: number[]): Sample[] {
  return valuesMs.map((valueMs) => ({ valueMs, isCensored: false }));
}

/** Censored samples, for tests. */
export function censored(...valuesMs: number[]): Sample[] {
  return valuesMs.map((valueMs) => ({ valueMs, isCensored: true }));
}
