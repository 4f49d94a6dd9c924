import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Time that all cores of the machine have spent, in milliseconds. */
export interface CpuTime {
  readonly totalMs: number;
  readonly idleMs: number;
}

/** The cores' time since the machine started (https://nodejs.org/api/os.html#oscpus). */
export function readCpuTime(): CpuTime {
  const all = os.cpus().map(({ times }) => ({
    totalMs: times.user + times.nice + times.sys + times.idle + times.irq,
    idleMs: times.idle,
  }));
  return all.reduce(
    (sum, { totalMs, idleMs }) => ({ totalMs: sum.totalMs + totalMs, idleMs: sum.idleMs + idleMs }),
    { totalMs: 0, idleMs: 0 },
  );
}

/** The share of the time between two readings in which the cores were not idle; 0 where no time went by. */
export function busyShare(before: CpuTime, after: CpuTime): number {
  const totalMs = after.totalMs - before.totalMs;
  return totalMs <= 0 ? 0 : Math.min(1, Math.max(0, 1 - (after.idleMs - before.idleMs) / totalMs));
}

const everyMs = 1000;
const calmBelow = 0.5;
const longestMs = 10_000;

/**
 * Waits until the cores are idle for half of a second, as they are once a new lab has settled; for 10 s at the most,
 * since how busy they were is told with what was measured.
 */
export async function untilCalm(signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + longestMs;
  for (let before = readCpuTime(); performance.now() < deadline;) {
    await delay(everyMs, undefined, { signal });
    const now = readCpuTime();
    if (busyShare(before, now) < calmBelow) return;
    before = now;
  }
}
