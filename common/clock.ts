import { performance } from 'node:perf_hooks';

/** The one source of time. `nowMs` is monotonic, in milliseconds with a fraction, from an arbitrary zero. */
export interface Clock {
  readonly nowMs: () => number;
  readonly wallTime: () => Date;
}

/** A clock whose zero is the moment of this call. */
export function startClock(): Clock {
  const zeroMs = performance.now();
  return { nowMs: () => performance.now() - zeroMs, wallTime: () => new Date() };
}
