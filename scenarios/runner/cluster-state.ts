import type { Observation } from '../../reports/record/observation.ts';
import type { ObjectObservation } from '../probes/observe-object.ts';
import type { Mistake, ObjectName } from '../scenario.ts';

export type MachineObservation = Extract<Observation, { type: 'machine' }>;
export type EngineObservation = Extract<Observation, { type: 'engine' }>;

/** What is known of a lab at one moment: the last observation of each object and of the engine. */
export interface ClusterState {
  readonly objects: ReadonlyMap<string, ObjectObservation>;
  readonly engine: EngineObservation | undefined;
  readonly machine: MachineObservation | undefined;
}

export const nothingKnown: ClusterState = { objects: new Map(), engine: undefined, machine: undefined };

/** The state after one more observation of the same lab. */
export function nextState(state: ClusterState, observation: Observation): ClusterState {
  if (observation.type === 'engine') return { ...state, engine: observation };
  if (observation.type === 'machine') return { ...state, machine: observation };
  if (observation.type !== 'object') return state;
  const known = state.objects.get(observation.object);
  // Events of different kinds come by different watches: the end of an older object can arrive after its successor.
  if (observation.event === 'DELETED' && known !== undefined && known.uid !== observation.uid) return state;
  return { ...state, objects: new Map(state.objects).set(observation.object, observation) };
}

/** Whether an object is there, and is to stay. */
export function exists(object: ObjectObservation | undefined): object is ObjectObservation {
  return object !== undefined && object.event !== 'DELETED' && !object.isTerminating;
}

/** Whether an object is there, as Git has it. */
export function isAsGitHasIt(state: ClusterState, name: ObjectName): boolean {
  const object = state.objects.get(name);
  return exists(object) && object.differsFromGit.length === 0;
}

/** Whether an object that was there is gone. */
export function isGone(state: ClusterState, name: ObjectName): boolean {
  return state.objects.get(name)?.event === 'DELETED';
}

/** Whether an object is there and does its work. */
export function isReady(state: ClusterState, name: ObjectName): boolean {
  const object = state.objects.get(name);
  return exists(object) && object.isReady;
}

/** Whether the engine says that the cluster has a revision, and is well. */
export function hasSettledAt({ engine }: ClusterState, revision: string): boolean {
  return engine?.isSettled === true && engine.revision === revision;
}

/** An object that was in Git once, and is still there though it is not among these names. */
export function leftover(state: ClusterState, names: readonly ObjectName[]): string | undefined {
  const known: readonly string[] = names;
  return [...state.objects].find(
    ([name, object]) => object.event !== 'DELETED' && !known.includes(name) && !name.startsWith('Endpoints/'),
  )?.[0];
}

/**
 * Why the steady state does not hold, in a few words; undefined where it does: every object as Git has it at
 * `revision` and ready and nothing else left, the engine settled at it and idle, its backoff at zero unless it may have made attempts.
 */
export function unsteadiness(
  state: ClusterState,
  names: readonly ObjectName[],
  revision: string,
  mayHaveAttempts = false,
): string | undefined {
  const different = names.find((name) => !name.startsWith('Endpoints/') && !isAsGitHasIt(state, name));
  if (different !== undefined) {
    const paths = state.objects.get(different)?.differsFromGit.join(', ') ?? '';
    return `${different} is not as Git has it${paths === '' ? '' : ` (${paths})`}`;
  }
  const unready = names.find((name) => !isReady(state, name));
  if (unready !== undefined) return `${unready} is not ready`;
  const left = leftover(state, names);
  if (left !== undefined) return `${left} is still there`;
  const { engine } = state;
  if (engine === undefined) return 'the engine has said nothing yet';
  if (!engine.isSettled) return `the engine is not settled (${engine.summary})`;
  if (engine.revision !== revision)
    return `the engine is at revision ${engine.revision.slice(0, 7)} and not at ${revision.slice(0, 7)}`;
  if (engine.attempts > 0 && !mayHaveAttempts)
    return `the engine's backoff is at ${engine.attempts} and not at zero`;
  return undefined;
}

/** Why a mistake in Git is not in the cluster yet, in a few words; undefined where it is, and breaks and removes what it should. */
export function unbrokenness(
  state: ClusterState,
  names: readonly ObjectName[],
  { breaks, removes = [] }: Pick<Mistake, 'breaks' | 'removes'>,
): string | undefined {
  const left = removes.find((name) => !isGone(state, name));
  if (left !== undefined) return `${left} is not gone`;
  const different = names.find(
    (name) => !name.startsWith('Endpoints/') && !removes.includes(name) && !isAsGitHasIt(state, name),
  );
  if (different !== undefined) return `${different} is not as Git has it`;
  const whole = breaks.find((name) => isReady(state, name));
  return whole === undefined ? undefined : `${whole} is ready all the same`;
}
