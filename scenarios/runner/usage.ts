import { setTimeout as delay } from 'node:timers/promises';
import type { Lab } from '../../lab/lab.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { Observer } from './observer.ts';

type UsageObservation = Extract<Observation, { type: 'usage' }>;
type ComponentUsage = Results['engines'][number]['trials'][number]['usage'][number];

const everyMs = 5000;

/** Notes what each component of a lab uses, every five seconds, until the signal is aborted. */
export async function sampleUsage(lab: Lab, observer: Observer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // A cluster that is lost meanwhile answers no more.
    const usage = await lab.usage().catch(() => []);
    const isOver = (): boolean => signal.aborted;
    if (isOver()) return;
    for (const one of usage) observer.note({ type: 'usage', ...one });
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

function summarise(component: string, samples: readonly UsageObservation[]): ComponentUsage {
  const [first, last] = [samples[0], samples.at(-1)];
  const seconds = first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / 1000;
  // A process that was started again counts from zero.
  const usedSeconds = samples.reduce((sum, { cpuSeconds }, index) => {
    const before = samples[index - 1]?.cpuSeconds ?? cpuSeconds;
    return sum + (cpuSeconds >= before ? cpuSeconds - before : cpuSeconds);
  }, 0);
  return {
    component,
    meanCores: seconds === 0 ? 0 : usedSeconds / seconds,
    maxMemoryBytes: Math.max(0, ...samples.map(({ memoryBytes }) => memoryBytes)),
    samples: samples.length,
  };
}

/** Sums up the samples of one lab by component. */
export function usageByComponent(samples: readonly UsageObservation[]): ComponentUsage[] {
  const names = [...new Set(samples.map(({ component }) => component))];
  return names.map((name) =>
    summarise(
      name,
      samples.filter(({ component }) => component === name),
    ),
  );
}
