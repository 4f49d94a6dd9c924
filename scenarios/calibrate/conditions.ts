import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Application, Drift } from '../scenario.ts';

/** One load under which the harness is calibrated. */
export interface Condition {
  readonly name: string;
  /** How many objects are watched, the one that is deleted included. */
  readonly objects: number;
  /** Whether a process on each core does nothing but compute. */
  readonly isBusy: boolean;
  /** What the p99 of the error should not exceed; null where nothing is demanded. */
  readonly targetP99Ms: number | null;
}

function condition(objects: number, isBusy: boolean, targetP99Ms: number | null): Condition {
  return { name: `${objects}-objects-${isBusy ? 'busy' : 'idle'}`, objects, isBusy, targetP99Ms };
}

/** In the order in which they are made: objects are added, and never taken away. */
export const conditions: readonly Condition[] = [
  condition(10, false, null),
  condition(10, true, null),
  condition(100, false, 5),
  condition(100, true, null),
  condition(1000, false, 20),
  condition(1000, true, null),
];

/** What a condition does, in one sentence without a stop. */
export function sentenceOf({ objects, isBusy }: Condition): string {
  const machine = isBusy
    ? 'a machine on which each core has other work to do'
    : 'a machine that is else idle';
  return `a ConfigMap is deleted and restored, ${objects} are watched, on ${machine}`;
}

/** The condition whose error bar stands in every report: more objects than a scenario watches, on an idle machine. */
export const standardCondition = '100-objects-idle';

/** Each background object changes about this often. */
export const touchedEveryMs = 10_000;

export const namespace = 'calibration';

/** The object that is deleted, and restored by the reference. */
export const target = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'target' } as const;

/** Where objects such as the target are created. */
export const targetCollection = `/api/v1/namespaces/${namespace}/configmaps`;

function configMap(name: string): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { role: name === target.name ? 'target' : 'background' } },
    data: { currency: 'EUR', greeting: 'welcome' },
  };
}

export const targetObject = configMap(target.name);

/** The objects beside the target, which others change while it is deleted and restored. */
export function backgroundObjects(objects: number): LiveObject[] {
  return Array.from({ length: objects - 1 }, (_, index) => configMap(backgroundName(index + 1)));
}

/** The name of a background object by its number, from 1. */
export function backgroundName(number: number): string {
  return `background-${number}`;
}

/** What the harness watches, as it watches an application that an engine keeps. */
export function applicationOf({ objects }: Pick<Condition, 'objects'>): Application {
  const all = [targetObject, ...backgroundObjects(objects)];
  return { name: 'calibration', namespace, path: 'calibration', objectsAt: () => all };
}

/** The deletion that is timed, as a scenario would describe it. */
export const goal: Pick<Drift, 'kind' | 'target' | 'effect' | 'restores' | 'readies'> = {
  kind: 'drift',
  target: 'ConfigMap/target',
  effect: 'removed',
  restores: ['ConfigMap/target'],
  readies: ['ConfigMap/target'],
};
