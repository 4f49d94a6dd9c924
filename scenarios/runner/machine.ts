import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Observation } from '../../reports/record/observation.ts';
import type { Observer } from './observer.ts';

type MachineFact = Extract<Observation, { type: 'machine' }>;
type MachineReading = Omit<MachineFact, 'atMs' | 'engine' | 'trial' | 'iteration'>;

const everyMs = 1000;
const tickMs = 100;

/** Time of all cores so far, in the kernel's ticks. */
export interface CpuTimes {
  readonly total: number;
  readonly stolen: number;
}

/** The first line of /proc/stat (https://man7.org/linux/man-pages/man5/proc_stat.5.html): the eighth figure is time stolen by the host. */
export function parseCpuTimes(stat: string): CpuTimes | null {
  const figures = /^cpu +(.*)$/m.exec(stat)?.[1]?.split(' ').map(Number) ?? [];
  const stolen = figures[7];
  if (stolen === undefined) return null;
  // Time of guests, the ninth and tenth, is in the first two already.
  return { total: figures.slice(0, 8).reduce((sum, figure) => sum + figure, 0), stolen };
}

function readCpuTimes(): CpuTimes | null {
  try {
    return parseCpuTimes(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
}

function stealShare(before: CpuTimes | null, now: CpuTimes | null): number | null {
  if (before === null || now === null) return null;
  const total = now.total - before.total;
  return total <= 0 ? 0 : Math.min(1, Math.max(0, (now.stolen - before.stolen) / total));
}

/** Tells how the machine is, each time since the last. */
export interface MachineGauge {
  readonly read: () => MachineReading;
  readonly stop: () => void;
}

/** By how much the event loop was late at the most since it was last asked, the time that goes on included. */
function watchLoop(): { readonly takeWorstMs: () => number; readonly stop: () => void } {
  let lastMs = performance.now();
  let worstMs = 0;
  const tick = (): void => {
    const nowMs = performance.now();
    worstMs = Math.max(worstMs, nowMs - lastMs - tickMs);
    lastMs = nowMs;
  };
  const timer = setInterval(tick, tickMs).unref();
  return {
    takeWorstMs: () => {
      const takenMs = Math.max(0, worstMs, performance.now() - lastMs - tickMs);
      worstMs = 0;
      return takenMs;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Starts to watch over the machine. */
export function watchMachine(): MachineGauge {
  const loop = watchLoop();
  let before = readCpuTimes();
  return {
    read: () => {
      const now = readCpuTimes();
      const reading: MachineReading = {
        type: 'machine',
        wallTimeMs: Date.now(),
        loadAverage: os.loadavg()[0] ?? 0,
        cores: os.availableParallelism(),
        stealShare: stealShare(before, now),
        heldUpMs: loop.takeWorstMs(),
      };
      before = now;
      return reading;
    },
    stop: loop.stop,
  };
}

/** Notes how the machine is every second, until the signal is aborted. */
export async function sampleMachine(
  gauge: MachineGauge,
  observer: Observer,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    observer.note(gauge.read());
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
