import type { EngineStatus } from '../../lab/engines/engine.ts';

/**
 * The status of an application after a new one of it. An engine that has settled goes on to compare by its interval, and
 * of many applications one is at work at any time: it stays settled until it says that something is wrong, or has
 * applied another revision.
 */
export function lastingStatus(known: EngineStatus | undefined, now: EngineStatus): EngineStatus {
  const isRoutine =
    known?.isSettled === true && now.isWorking && !now.hasFailed && now.revision === known.revision;
  return isRoutine ? { ...now, isSettled: true } : now;
}

/** What an engine says of all its applications, as if they were one. */
export function combineStatus(statuses: ReadonlyMap<string, EngineStatus>, expected: number): EngineStatus {
  const all = [...statuses.values()];
  const settled = all.filter(({ isSettled }) => isSettled).length;
  const revisions = new Set(all.map(({ revision }) => revision));
  const [revision = ''] = revisions;
  const isWhole = all.length === expected && revisions.size === 1;
  return {
    revision: isWhole ? revision : '',
    isWorking: all.some(({ isWorking }) => isWorking),
    isSettled: isWhole && settled === expected,
    hasDetected: all.some(({ hasDetected }) => hasDetected),
    attempts: Math.max(0, ...all.map(({ attempts }) => attempts)),
    hasGivenUp: all.some(({ hasGivenUp }) => hasGivenUp),
    hasFailed: all.some(({ hasFailed }) => hasFailed),
    summary: `${settled} of ${expected} settled`,
  };
}
