import type { Observation } from '../record/observation.ts';
import type { Iteration } from '../record/schema.ts';

type Place = Pick<Observation, 'engine' | 'trial' | 'iteration'>;

/** The observations that would have led to an iteration. */
export function observeIteration(iteration: Iteration): Observation[] {
  const place: Place = { engine: iteration.engine, trial: iteration.trial, iteration: iteration.index };
  const { revision, phase, repeat, phaseMs, disturbance, kind, watchedForMs } = iteration;
  const zeroMs = iteration.disturbedAtMs ?? 0;
  return [
    { ...place, atMs: zeroMs - 12_000, type: 'revision', revision, disturbance, kind, phase, repeat },
    { ...place, atMs: zeroMs - 11_000, type: 'steady', revision, phaseMs },
    { ...place, atMs: zeroMs - 8, type: 'disturbing', disturbance, kind },
    { ...objectGone(place), atMs: zeroMs },
    ...(iteration.timeToRestoreMs === null ? [] : observeRecovery(iteration, place, zeroMs)),
    {
      ...place,
      atMs: zeroMs + watchedForMs,
      type: 'watched',
      end: iteration.timeToRestoreMs === null ? 'timeout' : 'recovered',
      reason: '',
    },
  ];
}

function objectGone(place: Place): Omit<Extract<Observation, { type: 'object' }>, 'atMs'> {
  return {
    ...place,
    type: 'object',
    event: 'DELETED',
    object: 'Deployment/web',
    uid: 'old',
    generation: 1,
    resourceVersion: '100',
    isTerminating: true,
    differsFromGit: [],
    isReady: false,
    summary: 'gone',
  };
}

function observeRecovery(iteration: Iteration, place: Place, zeroMs: number): Observation[] {
  const at = (timeMs: number | null, delayMs = 0): number => zeroMs + (timeMs ?? 0) + delayMs;
  const back = { ...objectGone(place), uid: 'new', isTerminating: false };
  const engine = { ...place, type: 'engine', revision: iteration.revision } as const;
  const working = {
    isWorking: true,
    isSettled: false,
    hasDetected: true,
    attempts: 1,
    hasGivenUp: false,
    hasFailed: false,
    summary: 'reconciling',
  };
  const settled = {
    isWorking: false,
    isSettled: true,
    hasDetected: false,
    attempts: 1,
    hasGivenUp: false,
    hasFailed: false,
    summary: 'healthy',
  };
  const replicas = [0, 1, 2, 3].map((ready): Observation => {
    const isReady = ready === 3;
    const atMs = at(iteration.timeToReadyMs, (ready - 3) * 20);
    return {
      ...back,
      atMs,
      event: 'MODIFIED',
      resourceVersion: `${102 + ready}`,
      isReady,
      summary: `${ready}/3 ready`,
    };
  });
  return [
    { ...engine, ...working, atMs: at(iteration.timeToDetectMs) },
    {
      ...back,
      atMs: at(iteration.timeToRestoreMs),
      event: 'ADDED',
      resourceVersion: '101',
      summary: '0/3 ready',
    },
    ...replicas,
    { ...engine, ...settled, atMs: at(iteration.timeToSettleMs) },
  ];
}
