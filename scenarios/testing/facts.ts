import type { Observation } from '../../reports/record/observation.ts';
import { shop } from '../applications/shop.ts';
import type { ObjectObservation } from '../probes/observe-object.ts';
import {
  nextState,
  nothingKnown,
  type ClusterState,
  type EngineObservation,
} from '../runner/cluster-state.ts';
import { objectNames } from '../runner/judge.ts';
import type { Drift, ObjectName } from '../scenario.ts';
import { driftRecovery } from '../drift-recovery.ts';

/** The commit that the engine keeps in these tests. */
export const revision = '4f2cde';

const common = { engine: 'flux', trial: 1, iteration: 1 } as const;

/** An object that is as Git has it and ready, but for what `different` says. */
export function objectAt(
  atMs: number,
  object: ObjectName,
  different: Partial<ObjectObservation> = {},
): ObjectObservation {
  return {
    ...common,
    atMs,
    type: 'object',
    event: 'MODIFIED',
    object,
    uid: `first ${object}`,
    generation: 1,
    resourceVersion: String(Math.round(atMs)),
    isTerminating: false,
    differsFromGit: [],
    isReady: true,
    summary: '',
    ...different,
  };
}

/** An engine that has settled at the revision, but for what `different` says. */
export function engineAt(atMs: number, different: Partial<EngineObservation> = {}): EngineObservation {
  return {
    ...common,
    atMs,
    type: 'engine',
    revision,
    isWorking: false,
    isSettled: true,
    hasDetected: false,
    attempts: 0,
    hasGivenUp: false,
    hasFailed: false,
    summary: '',
    ...different,
  };
}

/** What an engine says while it is at work. */
export const atWork = { isWorking: true, isSettled: false, hasDetected: true } as const;

type Fact<Member> = Member extends unknown ? Omit<Member, 'atMs' | 'engine' | 'trial' | 'iteration'> : never;

/** A fact of the harness's own. */
export function factAt(atMs: number, fact: Fact<Observation>): Observation {
  return { ...common, atMs, ...fact };
}

/** The state after facts that a test made up. */
export function stateAfter(facts: readonly Observation[], start: ClusterState = nothingKnown): ClusterState {
  return facts.reduce(nextState, start);
}

/** The shop as Git has it, and the engine settled. */
export const steadyFacts: readonly Observation[] = [
  ...objectNames(shop).map((name) => objectAt(1, name, { event: 'ADDED' })),
  engineAt(2),
];
export const steadyState = stateAfter(steadyFacts);

/** A disturbance of drift-recovery by its name. */
export function disturbanceNamed(name: string): Drift {
  const found = driftRecovery.disturbances.find((disturbance) => disturbance.name === name);
  if (found === undefined) throw new Error(`there is no disturbance ${name}`);
  return found;
}
