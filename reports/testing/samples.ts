import type { Sample } from '../statistics/sample.ts';

/** Observed samples, for tests. */
export function observed(...valuesMs: number[]): Sample[] {
  return valuesMs.map((valueMs) => ({ valueMs, isCensored: false }));
}

/** Censored samples, for tests. */
export function censored(...valuesMs: number[]): Sample[] {
  return valuesMs.map((valueMs) => ({ valueMs, isCensored: true }));
}

/** Samples that were censored because the engine would not try again, for tests. */
export function givenUp(...valuesMs: number[]): Sample[] {
  return censored(...valuesMs).map((sample) => ({ ...sample, hasGivenUp: true }));
}

/** Weeks of remission under 6-MP of Freireich's leukaemia trial, as in E. A. Gehan, Biometrika 52 (1965) 203. */
export const leukaemia6mp = [
  ...observed(6, 6, 6, 7, 10, 13, 16, 22, 23),
  ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
];

/** Weeks of remission under placebo of the same trial. */
export const leukaemiaPlacebo = observed(
  ...[1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
);

/** Permeability constants of the human chorioamnion at term and at 12 to 26 weeks (Hollander and Wolfe 1973, page 69). */
export const permeability = {
  atTerm: observed(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46),
  early: observed(1.15, 0.88, 0.9, 0.74, 1.21),
};
