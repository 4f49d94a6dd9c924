import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../common/clock.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { awaitState, startObserver, type Observer } from '../runner/observer.ts';
import type { Randomness } from '../runner/plan.ts';
import { RecoveryTracker } from '../runner/recovery.ts';
import { applicationOf, goal, target, targetCollection, type Condition } from './conditions.ts';
import { sendTimed } from './timed-request.ts';
import { writeTruth } from './truth.ts';

interface SamplingOptions {
  readonly condition: Condition;
  /** The condition's number, from 1; its facts carry it. */
  readonly trial: number;
  readonly warmups: number;
  readonly samples: number;
  readonly lab: Lab;
  readonly truthFile: string;
  readonly clock: Clock;
  /** For the pauses between the samples. */
  readonly random: Randomness;
  readonly record: (observation: Observation) => void;
  readonly onActivity: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The delays are a small part of this; the reference is dead where nothing comes. */
export const restoreTimeoutMs = 10_000;
/** A random pause keeps the samples from falling into step with the changes in the background. */
export const pauseMaxMs = 20;

/** Deletes the target once, and follows until it is back, as a real iteration does. */
async function takeSample(
  observer: Observer,
  kind: 'warmup' | 'measured',
  { condition, lab, clock, truthFile, random, signal }: SamplingOptions,
): Promise<void> {
  await delay(random() * pauseMaxMs, undefined, { signal });
  const tracker = new RecoveryTracker(goal, '', observer.state());
  const unsubscribe = observer.subscribe((observation) => {
    tracker.observe(observation);
  });
  try {
    const uid = observer.state().objects.get(goal.target)?.uid ?? '';
    observer.note({ type: 'disturbing', disturbance: condition.name, kind });
    const path = `${targetCollection}/${target.name}`;
    const exchange = await sendTimed(lab.access, { method: 'DELETE', path, nowMs: clock.nowMs });
    writeTruth(truthFile, { type: 'deletion', uid, ...exchange });
    const isRestored = await awaitState(() => tracker.recovery.restoredAtMs !== null, {
      observer,
      timeoutMs: restoreTimeoutMs,
      signal,
    });
    observer.note({ type: 'watched', end: isRestored ? 'recovered' : 'timeout', reason: '' });
    if (isRestored) return;
  } finally {
    unsubscribe();
  }
  throw new ExplainedError({
    what: `${condition.name}: the reference reconciler did not restore the object within 10 s`,
    next: 'look into reference-reconciler.log among the logs of the run',
  });
}

/** Takes the samples of one condition, with an observer of its own; every fact goes to `record`. */
export async function takeSamples(options: SamplingOptions): Promise<void> {
  const { condition, trial, warmups, samples, lab, clock, record, onActivity } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  try {
    const observer = await startObserver({
      engineName: 'reference',
      trial,
      access: lab.access,
      application: applicationOf(condition),
      clock,
      record,
      signal,
    });
    for (let index = 1; index <= warmups + samples; index += 1) {
      observer.enter(index);
      await takeSample(observer, index <= warmups ? 'warmup' : 'measured', { ...options, signal });
      if (index % 50 === 0) onActivity(`${condition.name}: ${index} of ${warmups + samples}`);
    }
  } finally {
    ended.abort();
  }
}
