import { performance } from 'node:perf_hooks';

/** The one source of time. `nowMs` is monotonic, in milliseconds with a fraction, from an arbitrary zero. */
export interface Clock {
  readonly nowMs: () => number;
  readonly wallTime: () => Date;
}

/** A clock that stands at `atMs` now. */
export function startClock(atMs = 0): Clock {
  const zeroMs = performance.now() - atMs;
  return { nowMs: () => performance.now() - zeroMs, wallTime: () => new Date() };
}
