import type { Observation } from '../../reports/record/observation.ts';
import type { ObjectObservation } from '../probes/observe-object.ts';
import type { Change, Drift, Fault, ObjectName } from '../scenario.ts';
import { isAsGitHasIt, isGone, isReady, nextState, type ClusterState } from './cluster-state.ts';

/** When each step of a recovery was reached, on the run's clock; null where it was not. */
export interface Recovery {
  readonly disturbedAtMs: number | null;
  readonly detectedAtMs: number | null;
  /** From when on every object was as Git has it, without a break until now. */
  readonly restoredAtMs: number | null;
  /** From when on what the disturbance had stopped did its work again as well. */
  readonly readyAtMs: number | null;
  /** From when on the engine said so itself. */
  readonly settledAtMs: number | null;
}

export const notDisturbed: Recovery = {
  disturbedAtMs: null,
  detectedAtMs: null,
  restoredAtMs: null,
  readyAtMs: null,
  settledAtMs: null,
};

/** What a recovery is held against. */
type Goal =
  | Pick<Drift, 'kind' | 'target' | 'effect' | 'restores' | 'readies'>
  | Pick<Change, 'kind' | 'restores' | 'readies' | 'removes' | 'outcome'>
  | Pick<Fault, 'kind' | 'restores' | 'readies'>;

type Zero = ObjectObservation | Extract<Observation, { type: 'disturbed' }>;

/** Whether an observation is the word that the disturbance is made: the API server's for a drift, the state store's for a change. */
function isZero(observation: Observation, goal: Goal, before: ClusterState): observation is Zero {
  if (goal.kind !== 'drift') return observation.type === 'disturbed';
  const { target, effect } = goal;
  if (observation.type !== 'object' || observation.object !== target) return false;
  if (observation.uid !== before.objects.get(target)?.uid) return false;
  if (effect === 'removed') return observation.event === 'DELETED' || observation.isTerminating;
  return observation.event === 'MODIFIED' && observation.differsFromGit.length > 0;
}

function isNew(state: ClusterState, before: ClusterState, name: ObjectName): boolean {
  return state.objects.get(name)?.uid !== before.objects.get(name)?.uid;
}

/** Follows one recovery, observation by observation: the same code live and when a history is judged again. */
export class RecoveryTracker {
  readonly #goal: Goal;
  #revision: string;
  readonly #before: ClusterState;
  #state: ClusterState;
  /** Whether what is to be undone was seen in the cluster. */
  #wasDone = false;
  #recovery: Recovery = notDisturbed;

  /** `before` is the state in which the disturbance is sent; `revision` the commit that the engine keeps. */
  constructor(goal: Goal, revision: string, before: ClusterState) {
    this.#goal = goal;
    this.#revision = revision;
    this.#before = before;
    this.#state = before;
  }

  /** The commit that the engine is to apply. */
  get revision(): string {
    return this.#revision;
  }

  get recovery(): Recovery {
    return this.#recovery;
  }

  observe(observation: Observation): void {
    this.#state = nextState(this.#state, observation);
    if (this.#recovery.disturbedAtMs === null) {
      if (isZero(observation, this.#goal, this.#before)) {
        this.#recovery = { ...notDisturbed, disturbedAtMs: observation.atMs };
        if (observation.type === 'disturbed') this.#revision = observation.revision;
      }
      return;
    }
    if (observation.type !== 'object' && observation.type !== 'engine') return;
    if (this.#isToBeUndone())
      this.#wasDone ||= !this.#goal.restores.every((name) => isAsGitHasIt(this.#state, name));
    this.#recovery = this.#advance(this.#recovery, observation);
  }

  /** Whether what is restored must be a new object. */
  #mustBeNew(): boolean {
    return this.#goal.kind === 'drift' && this.#goal.effect === 'removed';
  }

  #isRestored(): boolean {
    const goal = this.#goal;
    const isRestored = (name: ObjectName): boolean =>
      isAsGitHasIt(this.#state, name) && (!this.#mustBeNew() || isNew(this.#state, this.#before, name));
    const isRemoved = (name: ObjectName): boolean => isGone(this.#state, name);
    if (!goal.restores.every(isRestored)) return false;
    if (this.#isToBeUndone()) return this.#wasDone;
    if (goal.kind === 'change') return goal.removes.every(isRemoved);
    // After a fault the objects may be well all the time: what counts is that the engine goes on.
    return goal.kind === 'drift' || this.#state.engine?.revision === this.#revision;
  }

  /** Whether the disturbance can't be applied, and is to be told of. */
  #isSurfacing(): boolean {
    return this.#goal.kind === 'change' && this.#goal.outcome === 'surfaced';
  }

  /** Whether the disturbance can't work, and the engine is to go back to what was before. */
  #isToBeUndone(): boolean {
    return this.#goal.kind === 'change' && this.#goal.outcome === 'undone';
  }

  /** Whether the engine says that all is done: that all is as Git wants it, or that it failed where it had to go back. */
  #saysSo({ engine }: ClusterState): boolean {
    if (this.#isToBeUndone()) return engine?.hasFailed === true;
    return engine?.isSettled === true && engine.revision === this.#revision;
  }

  /** Once told it is known, even if the engine tries again meanwhile. */
  #surface(so: Recovery, detectedAtMs: number | null, atMs: number): Recovery {
    const restoredAtMs = so.restoredAtMs ?? (this.#state.engine?.hasFailed === true ? atMs : null);
    const isServing = restoredAtMs !== null && this.#isReady();
    const readyAtMs = isServing ? (so.readyAtMs ?? atMs) : null;
    return { ...so, detectedAtMs, restoredAtMs, readyAtMs, settledAtMs: restoredAtMs };
  }

  /** Endpoints belong to the Service's object, so they too are new ones exactly where that is. */
  #isReady(): boolean {
    const { readies, restores } = this.#goal;
    const mustBeNew = (name: ObjectName): boolean =>
      this.#mustBeNew() && restores.some((restored) => restored.replace(/^Service\//, 'Endpoints/') === name);
    return readies.every(
      (name) => isReady(this.#state, name) && (!mustBeNew(name) || isNew(this.#state, this.#before, name)),
    );
  }

  #advance(so: Recovery, { atMs, type }: Observation): Recovery {
    const since = (holds: boolean, earlier: number | null): number | null =>
      holds ? (earlier ?? atMs) : null;
    const { engine } = this.#state;
    const hasNoticed = type === 'engine' && engine?.hasDetected === true;
    const detectedAtMs = so.detectedAtMs ?? (hasNoticed && so.restoredAtMs === null ? atMs : null);
    if (this.#isSurfacing()) return this.#surface(so, detectedAtMs, atMs);
    const restoredAtMs = since(this.#isRestored(), so.restoredAtMs);
    const readyAtMs = since(restoredAtMs !== null && this.#isReady(), so.readyAtMs);
    // What the engine said before it put the object back was said of the time before the disturbance.
    const isFresh = engine !== undefined && restoredAtMs !== null && engine.atMs >= restoredAtMs;
    const settledAtMs = since(this.#saysSo(this.#state) && isFresh, so.settledAtMs);
    return { ...so, detectedAtMs, restoredAtMs, readyAtMs, settledAtMs };
  }
}
