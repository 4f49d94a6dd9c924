import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { formatDuration } from '../../common/duration.ts';
import { messageOf } from '../../common/explained-error.ts';
import type { Turn } from '../../common/turn.ts';
import type { StartedEngine } from '../../lab/engines/engine.ts';
import type { StateStore } from '../../lab/forge/state-store.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import type { Application, Change, Scenario } from '../scenario.ts';
import { unsteadiness } from './cluster-state.ts';
import { busyProblem } from './machine-gates.ts';
import type { MachineGauge } from './machine.ts';
import { objectNames, type JudgeRules } from './judge.ts';
import { awaitState, type Observer } from './observer.ts';
import type { PlannedIteration, Randomness } from './plan.ts';
import { RecoveryTracker } from './recovery.ts';

/** What all iterations of a trial share. */
export interface TrialContext {
  readonly scenario: Scenario;
  readonly access: KubeAccess;
  readonly store: StateStore;
  readonly engine: StartedEngine;
  readonly observer: Observer;
  readonly machine: MachineGauge;
  readonly random: Randomness;
  readonly phaseMaxMs: number;
  readonly timeoutMs: number;
  readonly holdMs: number;
  readonly limits: JudgeRules['limits'];
  /** Lets one lab at a time be disturbed, so that no engine's recovery is slowed by the other's. */
  readonly disturbTurn: Turn;
  /** Told what is waited for. */
  readonly onActivity: (text: string) => void;
  /** Called around every wait for the engine, to tell the harness's own time from it. */
  readonly waiting: <T>(wait: Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

/** The API server tells of a change within milliseconds; after this it never will. */
const commitTimeoutMs = 10_000;
/** A steady state takes a sync and its health checks; an engine that backs off takes longer. */
const steadyTimeoutMs = 180_000;
/** How long an engine that has given up is watched all the same, for it might think better of it. */
const gaveUpHoldMs = 5_000;
/** A recovery that takes longer waits for something inside the engine; another lab's work does not show in it. */
const longestTurnMs = 10_000;
/** How many new revisions are tried for one iteration. */
const maxRevisions = 5;
/** How often a phase is drawn again because the engine was just then at work. */
const maxPhases = 25;

/** Objects of the application as files of the state store, one each. */
export function filesOf(
  { path }: Pick<Application, 'path'>,
  objects: readonly LiveObject[],
): Record<string, string> {
  const documents = objects.map((object) => [
    `${path}/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
    stringify(object, { compat: 'yaml-1.1' }),
  ]);
  return Object.fromEntries(documents) as Record<string, string>;
}

/** Pushes a change to Git, which is the zero of time, and holds the cluster against it from then on. */
async function pushChange(
  { scenario: { application }, store, observer }: TrialContext,
  { change, message }: Change,
  release: number,
): Promise<void> {
  const before = application.objectsAt(release);
  const after = change(before);
  const removed = Object.keys(filesOf(application, before)).map((file) => [file, null] as const);
  const { hash } = await store.commit(message, {
    ...Object.fromEntries(removed),
    ...filesOf(application, after),
  });
  observer.note({ type: 'disturbed', what: message, revision: hash });
  observer.expect(after);
}

/** A commit that the engine is to keep, and the release of the application in it. */
export interface Revision {
  readonly hash: string;
  readonly release: number;
}

/** What is wrong with the state now; undefined where a planned iteration may start from it. */
function problemOf(
  { observer, scenario, limits }: TrialContext,
  planned: PlannedIteration,
  revision: string,
) {
  const state = observer.state();
  const mayHaveAttempts = planned.repeat > 0;
  const unsteady = unsteadiness(state, objectNames(scenario.application), revision, mayHaveAttempts);
  return unsteady ?? (state.machine && busyProblem(state.machine, limits));
}

/** What the wait for a steady state came to. */
type Steadiness = 'steady' | 'spent' | { readonly problem: string };

/**
 * Whether the engine has corrected something by itself on a new revision already, as Argo CD does now and then when its
 * cache lags behind its sync: its backoff will not be at zero again on this one.
 */
function isSpent({ observer }: TrialContext, planned: PlannedIteration, revision: string): boolean {
  const { engine } = observer.state();
  return (
    planned.repeat === 0 && engine?.isSettled === true && engine.revision === revision && engine.attempts > 0
  );
}

/** Waits for the steady state, or until it can't come any more on this revision. */
async function untilSteady(
  context: TrialContext,
  planned: PlannedIteration,
  revision: string,
): Promise<Steadiness> {
  const { observer, signal, waiting } = context;
  const problem = () => problemOf(context, planned, revision);
  const isDecided = () => problem() === undefined || isSpent(context, planned, revision);
  const wait = awaitState(isDecided, { observer, timeoutMs: steadyTimeoutMs, signal });
  if (await waiting(wait)) return problem() === undefined ? 'steady' : 'spent';
  return { problem: `no steady state within ${formatDuration(steadyTimeoutMs)}: ${problem() ?? ''}` };
}

interface End {
  readonly end: 'recovered' | 'timeout' | 'gave-up' | 'error';
  readonly reason: string;
}

/** Disturbs and follows the recovery to its end. `endTurn` gives the other lab its turn. */
async function disturb(
  context: TrialContext,
  { disturbance, kind }: PlannedIteration,
  revision: Revision,
  endTurn: () => void,
): Promise<End> {
  const { observer, access, signal, timeoutMs, holdMs, onActivity, waiting } = context;
  const deadline = performance.now() + timeoutMs;
  const until = async (holds: () => boolean, longestMs = deadline - performance.now()): Promise<boolean> =>
    waiting(awaitState(holds, { observer, timeoutMs: Math.max(0, longestMs), signal }));
  observer.note(context.machine.read());
  observer.note({ type: 'disturbing', disturbance: disturbance.name, kind });
  const tracker = new RecoveryTracker(disturbance, revision.hash, observer.state());
  const unsubscribe = observer.subscribe((observation) => {
    tracker.observe(observation);
  });
  try {
    onActivity(`${disturbance.name}: waiting for it to be restored`);
    if (disturbance.kind === 'drift') await disturbance.act(access);
    else await pushChange(context, disturbance, revision.release);
    if (!(await until(() => tracker.recovery.disturbedAtMs !== null, commitTimeoutMs))) {
      return { end: 'error', reason: 'the API server never told of the disturbance' };
    }
    const isReady = () => tracker.recovery.readyAtMs !== null;
    const hasGivenUp = () => !isReady() && observer.state().engine?.hasGivenUp === true;
    while (await until(() => isReady() || hasGivenUp())) {
      if (isReady()) break;
      const goesOn = await until(() => !hasGivenUp(), gaveUpHoldMs);
      if (!goesOn) return { end: 'gave-up', reason: '' };
    }
    endTurn();
    onActivity(`${disturbance.name}: waiting for the engine to settle`);
    const isWhole = () => isReady() && tracker.recovery.settledAtMs !== null;
    while (await until(isWhole)) {
      const wasLost = await until(() => !isWhole(), holdMs);
      if (!wasLost) return { end: 'recovered', reason: '' };
    }
    return { end: 'timeout', reason: '' };
  } finally {
    unsubscribe();
  }
}

/** Waits for the phase and disturbs, both only while the engine is idle. */
async function disturbWhileIdle(
  context: TrialContext,
  planned: PlannedIteration,
  revision: Revision,
): Promise<End | 'spent'> {
  const { observer, random, phaseMaxMs, disturbTurn, onActivity, waiting, signal } = context;
  for (let draw = 1; draw <= maxPhases; draw += 1) {
    onActivity('waiting for the steady state');
    const steadiness = await untilSteady(context, planned, revision.hash);
    if (steadiness === 'spent') return 'spent';
    if (steadiness !== 'steady') return { end: 'error', reason: steadiness.problem };
    const phaseMs = planned.phase === 'locked' ? 0 : random() * phaseMaxMs;
    observer.note({ type: 'steady', revision: revision.hash, phaseMs });
    onActivity(`waiting a random ${formatDuration(phaseMs)} before ${planned.disturbance.name}`);
    if (phaseMs > 0) await waiting(delay(phaseMs, undefined, { signal }));
    // One that waited for its turn would be locked to the engine's interval no longer.
    const endTurn = planned.phase === 'locked' ? () => undefined : await disturbTurn.take();
    const turnEnds = setTimeout(endTurn, longestTurnMs);
    try {
      signal.throwIfAborted();
      if (problemOf(context, planned, revision.hash) !== undefined) continue;
      return await disturb(context, planned, revision, endTurn);
    } finally {
      clearTimeout(turnEnds);
      endTurn();
    }
  }
  return { end: 'error', reason: `the engine was at work at each of ${maxPhases} random moments` };
}

const allSpent: End = {
  end: 'error',
  reason: `on each of ${maxRevisions} new revisions the engine had corrected something by itself before`,
};

/** What follows belongs to this iteration, on this revision. */
function enter(
  { observer, scenario }: TrialContext,
  { disturbance, kind, phase, repeat }: PlannedIteration,
  index: number,
  { hash, release }: Revision,
): void {
  observer.enter(index);
  observer.expect(scenario.application.objectsAt(release));
  observer.note({ type: 'revision', revision: hash, disturbance: disturbance.name, kind, phase, repeat });
}

/** Commits a release that no iteration has had before. */
async function pushRevision(
  { store, scenario: { application }, onActivity }: TrialContext,
  release: number,
): Promise<Revision> {
  onActivity('pushing a new revision');
  const { hash } = await store.commit(
    `Release ${release}`,
    filesOf(application, application.objectsAt(release)),
  );
  return { hash, release };
}

/**
 * One disturb-and-recover cycle, on a revision of its own unless it repeats one on `previous`. Where the new revision is spent
 * before it begins, another one is pushed. Its facts are in the observer's record when it returns the revision that it was made on.
 */
export async function runIteration(
  context: TrialContext,
  planned: PlannedIteration,
  index: number,
  previous: Revision | undefined,
): Promise<Revision> {
  const { observer, machine, engine } = context;
  const isRepeated = planned.repeat > 0 && previous !== undefined;
  let revision = isRepeated ? previous : await pushRevision(context, (previous?.release ?? 0) + 1);
  try {
    let end: End | 'spent' = 'spent';
    for (let tries = 1; end === 'spent'; tries += 1) {
      if (tries > 1) revision = await pushRevision(context, revision.release + 1);
      enter(context, planned, index, revision);
      if (!isRepeated) await engine.requestSync();
      end = await disturbWhileIdle(context, planned, revision);
      if (end === 'spent' && tries === maxRevisions) end = allSpent;
    }
    observer.note(machine.read());
    observer.note({ type: 'watched', ...end });
  } catch (error) {
    const wasInterrupted = context.signal.aborted;
    const reason = wasInterrupted ? 'interrupted' : messageOf(error);
    observer.note({ type: 'watched', end: wasInterrupted ? 'interrupted' : 'error', reason });
  }
  return revision;
}
