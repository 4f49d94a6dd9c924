import type { Clock } from '../../common/clock.ts';
import type { Fleet, StartedEngine } from '../../lab/engines/engine.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { watchObjects, type ObjectEvent, type WatchTarget } from '../../lab/kube/watch.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { kindOf, pathOf } from '../probes/kinds.ts';
import { EventProbe } from '../probes/observe-event.ts';
import { observeObject } from '../probes/observe-object.ts';
import type { Application } from '../scenario.ts';
import { nextState, nothingKnown, type ClusterState } from './cluster-state.ts';

interface ObserverOptions {
  readonly engineName: Observation['engine'];
  /** Which of the engine's trials it follows. */
  readonly trial: number;
  /** Whose status is followed, where the lab has an engine. */
  readonly engine?: StartedEngine;
  /** Where the engine tells of its attempts, part by part, where they are to be followed. */
  readonly attempts?: Pick<Fleet<never>, 'statusPath' | 'readAttempts'>;
  readonly access: KubeAccess;
  readonly application: Application;
  /** What Git may have besides what the application begins with. */
  readonly further?: readonly LiveObject[];
  readonly clock: Clock;
  readonly record: (observation: Observation) => void;
  readonly signal: AbortSignal;
}

type Waiter = (observation: Observation) => void;

/** Omits field by field of each member, which `Omit` on a union does not. */
type Fact<Member> = Member extends unknown ? Omit<Member, 'atMs' | 'engine' | 'trial' | 'iteration'> : never;

/** Follows one lab: every change is recorded, kept as the state of now, and told to who waits. */
export interface Observer {
  readonly state: () => ClusterState;
  /** What follows belongs to this iteration. */
  readonly enter: (iteration: number) => void;
  /** Git has these objects from now on. */
  readonly expect: (objects: readonly LiveObject[]) => void;
  /** Records a fact of the harness's own, at this moment. */
  readonly note: (fact: Fact<Observation>) => void;
  /** Calls `waiter` with each observation until the returned function is called. */
  readonly subscribe: (waiter: Waiter) => () => void;
}

/** Follows one cluster for as long as it is there. */
export interface ClusterObserver extends Observer {
  /** Whether no watch is broken off just now, so that the state is that of the cluster. */
  readonly isWhole: () => boolean;
}

/** The kinds that an application has, what it has outside of its namespace, and the endpoints of its Services. */
function targetsOf({ namespace }: Application, objects: readonly LiveObject[]): WatchTarget[] {
  const targets = objects.flatMap((object): WatchTarget[] => {
    const kind = kindOf(object);
    if (kind === undefined || object.kind === 'Namespace') return [];
    const path = pathOf(kind, namespace);
    return [kind.isNamespaced ? { path } : { path, fieldSelector: `metadata.name=${object.metadata.name}` }];
  });
  const each = new Map(targets.map((target) => [`${target.path} ${target.fieldSelector ?? ''}`, target]));
  return [
    { path: '/api/v1/namespaces', fieldSelector: `metadata.name=${namespace}` },
    ...each.values(),
    { path: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices` },
  ];
}

/** Events come by the thousand in a long run, and nobody asks for their content again. */
function bareVersion({
  apiVersion,
  kind,
  metadata: { name, uid = '', resourceVersion = '' },
}: LiveObject): LiveObject {
  return { apiVersion, kind, metadata: { name, uid, resourceVersion } };
}

/** Starts to follow a lab; returns when everything has been listed once. */
export async function startObserver(options: ObserverOptions): Promise<ClusterObserver> {
  const {
    engineName,
    trial,
    engine,
    attempts,
    access,
    application,
    further = [],
    clock,
    record,
    signal,
  } = options;
  const waiters = new Set<Waiter>();
  const brokenWatches = new Set<string>();
  let state = nothingKnown;
  let iteration = 0;
  let desired = application.objectsAt(0);
  const live = new Map<string, ObjectEvent>();
  /** Objects that Git has described: one that it no longer does is followed until it is gone. */
  const known = new Set<string>();

  const observe = (observation: Observation): void => {
    record(observation);
    state = nextState(state, observation);
    for (const waiter of [...waiters]) waiter(observation);
  };
  const note = (fact: Fact<Observation>, atMs = clock.nowMs()): void => {
    observe({ ...fact, atMs, engine: engineName, trial, iteration });
  };
  const follow = async (target: WatchTarget, onEvent: (event: ObjectEvent) => void): Promise<void> =>
    watchObjects(target, {
      access,
      clock,
      signal,
      onEvent,
      onGap: (resource) => {
        brokenWatches.add(resource);
        note({ type: 'watch-gap', resource });
      },
      onListed: (resource) => void brokenWatches.delete(resource),
    }).listed;
  const onObject = (event: ObjectEvent): void => {
    const fact = observeObject(event, desired, known);
    if (fact === undefined) return;
    known.add(fact.object);
    live.set(fact.object, event);
    note(fact, event.atMs);
  };
  /** What Git wants has changed: an object that was right before may not be so any more, though no event tells. */
  const holdAgainstGit = (): void => {
    for (const [name, event] of live) {
      const fact =
        event.type === 'DELETED' ? undefined : observeObject({ ...event, type: 'MODIFIED' }, desired, known);
      const isSame = fact?.differsFromGit.join() === state.objects.get(name)?.differsFromGit.join();
      if (fact !== undefined && !isSame) note(fact);
    }
  };
  /**
   * Nothing is measured by Kubernetes Events, they only help to explain. So nobody waits for their list, their watch may
   * break off without a gap in what is measured, and what was there before is not told as if it happened now.
   */
  const followEvents = (): void => {
    const probe = new EventProbe([
      application.namespace,
      ...(engine === undefined ? [] : [engine.namespace]),
    ]);
    let isListed = false;
    const onEvent = (event: ObjectEvent): void => {
      const fact = probe.observe(event);
      if (isListed && fact !== undefined) note(fact, event.atMs);
    };
    const watch = watchObjects(
      { path: '/api/v1/events' },
      { access, clock, signal, onEvent, onGap: () => undefined, keep: bareVersion },
    );
    watch.listed.then(
      () => (isListed = true),
      () => undefined,
    );
  };
  const followAttempts = async ({ statusPath, readAttempts }: NonNullable<typeof attempts>): Promise<void> =>
    follow({ path: statusPath }, ({ type, object, atMs }) => {
      if (type !== 'DELETED')
        note({ type: 'attempts', part: object.metadata.name, ...readAttempts(object) }, atMs);
    });
  const followEngine = async ({ statusTargets, openStatus }: StartedEngine): Promise<unknown> => {
    const readStatus = openStatus();
    const onStatus = (event: ObjectEvent): void => {
      const status = readStatus(event);
      if (status !== undefined) note({ type: 'engine', ...status }, event.atMs);
    };
    return Promise.all(statusTargets.map(async (target) => follow(target, onStatus)));
  };
  await Promise.all([
    ...targetsOf(application, [...application.objectsAt(0), ...further]).map(async (target) =>
      follow(target, onObject),
    ),
    ...(engine === undefined ? [] : [followEngine(engine)]),
    ...(attempts === undefined ? [] : [followAttempts(attempts)]),
  ]);
  followEvents();
  return {
    state: () => state,
    enter: (next) => {
      iteration = next;
    },
    expect: (objects) => {
      desired = objects;
      holdAgainstGit();
    },
    note,
    isWhole: () => brokenWatches.size === 0,
    subscribe: (waiter) => {
      waiters.add(waiter);
      return () => waiters.delete(waiter);
    },
  };
}

interface AwaitOptions {
  readonly observer: Observer;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Waits, event by event, until `holds` gives true: at once, or after an observation.
 * False at the time-out; rejects with the abort reason when aborted.
 */
export async function awaitState(
  holds: (observation: Observation | undefined) => boolean,
  { observer, timeoutMs, signal }: AwaitOptions,
): Promise<boolean> {
  signal.throwIfAborted();
  if (holds(undefined)) return true;
  return new Promise<boolean>((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const onAbort = (): void => {
      finish(() => {
        reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
      });
    };
    const unsubscribe = observer.subscribe((observation) => {
      if (holds(observation))
        finish(() => {
          resolve(true);
        });
    });
    const timer = setTimeout(() => {
      finish(() => {
        resolve(false);
      });
    }, timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
