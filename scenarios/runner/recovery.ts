import type { Observation } from '../../reports/record/observation.ts';
import type { ObjectObservation } from '../probes/observe-object.ts';
import type { Change, Disturbance, Drift, Fault, ObjectName, Publication } from '../scenario.ts';
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
  | Pick<Publication, 'kind' | 'restores' | 'readies' | 'outcome'>
  | Pick<Fault, 'kind' | 'restores' | 'readies'>;

/** What an automation read once it may still be about to write; once it reads again, it has not written what it read before. */
const readingsToBeSure = 2;

/** How long a recovery must last, in milliseconds: long enough to see that what is to be left is left. */
export function holdOf(disturbance: Disturbance | undefined, holdMs: number): number {
  const leftForMs = disturbance?.kind === 'publication' ? (disturbance.leftForMs ?? 0) : 0;
  return Math.max(holdMs, leftForMs);
}

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
  /** How often the engine's automation has read the tags since they were pushed. */
  #readings = 0;
  /** It has pushed to Git. */
  #hasCommitted = false;

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

  /** Whether the engine's automation took what it had to leave: it can't be as it should be any more. */
  get tookWhatIsToBeLeft(): boolean {
    return this.#isToBeLeft() && this.#hasCommitted;
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
    if (!this.#note(observation)) return;
    if (this.#isToBeUndone())
      this.#wasDone ||= !this.#goal.restores.every((name) => isAsGitHasIt(this.#state, name));
    this.#recovery = this.#advance(this.#recovery, observation);
  }

  /** Takes in what the engine's automation does; whether an observation can bring the recovery any further. */
  #note(observation: Observation): boolean {
    if (observation.type === 'committed') {
      this.#hasCommitted = true;
      this.#revision = observation.revision;
      return true;
    }
    const isReading = observation.type === 'step' && observation.step === 'tags-read';
    if (isReading) this.#readings += 1;
    return isReading || observation.type === 'object' || observation.type === 'engine';
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
    if (goal.kind === 'publication')
      return this.#isToBeLeft()
        ? this.#readings >= readingsToBeSure && !this.#hasCommitted
        : this.#hasCommitted;
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

  /** Whether tags were pushed that the engine's automation may not take. */
  #isToBeLeft(): boolean {
    return this.#goal.kind === 'publication' && this.#goal.outcome === 'left';
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
    const hasNoticed =
      this.#goal.kind === 'publication'
        ? this.#readings > 0
        : type === 'engine' && engine?.hasDetected === true;
    const detectedAtMs = so.detectedAtMs ?? (hasNoticed && so.restoredAtMs === null ? atMs : null);
    if (this.#isSurfacing()) return this.#surface(so, detectedAtMs, atMs);
    const restoredAtMs = since(this.#isRestored(), so.restoredAtMs);
    const readyAtMs = since(restoredAtMs !== null && this.#isReady(), so.readyAtMs);
    // What the engine said before it put the object back was said of the time before the disturbance.
    // An engine that has nothing to do goes on with its intervals: what it says in between is no news.
    if (this.#isToBeLeft()) return { ...so, detectedAtMs, restoredAtMs, readyAtMs, settledAtMs: readyAtMs };
    const isFresh = engine !== undefined && restoredAtMs !== null && engine.atMs >= restoredAtMs;
    const settledAtMs = since(this.#saysSo(this.#state) && isFresh, so.settledAtMs);
    return { ...so, detectedAtMs, restoredAtMs, readyAtMs, settledAtMs };
  }
}
