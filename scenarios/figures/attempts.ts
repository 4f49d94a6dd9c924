import type { Observation } from '../../reports/record/observation.ts';
import type { Figure } from '../scenario.ts';

type AttemptsFact = Extract<Observation, { type: 'attempts' }>;

/** What was told from the zero of time on, and by what each count stood then. */
function attemptsOf(facts: readonly Observation[]): readonly AttemptsFact[] {
  return facts.filter((fact) => fact.type === 'attempts');
}

function zeroMs(facts: readonly Observation[]): number | undefined {
  return facts.find(({ type }) => type === 'disturbed')?.atMs;
}

/** How often the engine tried to apply a part of the application, and could not. */
export const failedAttempts: Figure = {
  name: 'failedAttempts',
  title: 'Attempts that failed',
  unit: 'count',
  of: (facts) => {
    const startMs = zeroMs(facts);
    if (startMs === undefined) return null;
    const counts = new Map<string, { before: number; most: number }>();
    for (const { atMs, part, count, failed } of attemptsOf(facts)) {
      const key = `${part} ${count}`;
      const known = counts.get(key) ?? { before: 0, most: 0 };
      if (atMs < startMs) counts.set(key, { before: failed, most: failed });
      else counts.set(key, { ...known, most: Math.max(known.most, failed) });
    }
    return [...counts.values()].reduce((sum, { before, most }) => sum + most - before, 0);
  },
};

/** How long at least one part had failed and was not being tried again, until watching ended. */
export const waitedToRetry: Figure = {
  name: 'waitedToRetryMs',
  title: 'Time in which a part that had failed waited to be tried again',
  unit: 'ms',
  of: (facts) => {
    const startMs = zeroMs(facts);
    const endMs = facts.findLast(({ type }) => type === 'watched')?.atMs;
    if (startMs === undefined || endMs === undefined) return null;
    const waiting = new Set<string>();
    let sinceMs = startMs;
    let waitedMs = 0;
    for (const { atMs, part, isWorking, problem } of attemptsOf(facts)) {
      if (atMs < startMs) continue;
      if (waiting.size > 0) waitedMs += atMs - sinceMs;
      sinceMs = atMs;
      if (problem !== '' && !isWorking) waiting.add(part);
      else waiting.delete(part);
    }
    return waiting.size > 0 ? waitedMs + endMs - sinceMs : waitedMs;
  },
};
