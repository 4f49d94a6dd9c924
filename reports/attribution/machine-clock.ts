import type { Observation } from '../record/observation.ts';

/** Both clocks, read at one moment. */
export interface ClockReading {
  /** The run's clock, which never jumps. */
  readonly atMs: number;
  /** The machine's clock, in milliseconds since 1970, which can be set and goes on while the machine sleeps. */
  readonly wallTimeMs: number;
}

/** Readings between which the machine's clock never went back, so that a time on it names one moment. */
export type ClockEra = readonly ClockReading[];

/** The readings of both clocks in one trial, split wherever the machine's clock was set back. */
export function clockEras(
  history: readonly Observation[],
  of: Pick<Observation, 'engine' | 'trial'>,
): ClockEra[] {
  const eras: ClockReading[][] = [];
  for (const fact of history) {
    if (fact.type !== 'machine' || fact.engine !== of.engine || fact.trial !== of.trial) continue;
    const { atMs, wallTimeMs } = fact;
    const era = eras.at(-1);
    const last = era?.at(-1);
    if (era === undefined || last === undefined || wallTimeMs < last.wallTimeMs)
      eras.push([{ atMs, wallTimeMs }]);
    else era.push({ atMs, wallTimeMs });
  }
  return eras;
}

/** The index of the last reading that is not after `value`; 0 where all are. */
function lastNotAfter(era: ClockEra, clock: keyof ClockReading, value: number): number {
  let low = 0;
  let high = era.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((era[middle]?.[clock] ?? Infinity) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * A time of the machine's clock on the run's, by the last reading before it. What was written between a sleep, or a setting
 * of the clock, and the next reading falls on that reading: at most a second too late.
 */
export function onRunClock(wallTimeMs: number, era: ClockEra): number | undefined {
  const index = lastNotAfter(era, 'wallTimeMs', wallTimeMs);
  const before = era[index];
  if (before === undefined) return undefined;
  return Math.min(before.atMs + wallTimeMs - before.wallTimeMs, era[index + 1]?.atMs ?? Infinity);
}

/** A time of the run's clock on the machine's, by the last reading before it. */
export function onMachineClock(atMs: number, era: ClockEra): number | undefined {
  const before = era[lastNotAfter(era, 'atMs', atMs)];
  return before === undefined ? undefined : before.wallTimeMs + atMs - before.atMs;
}
