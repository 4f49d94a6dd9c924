import type { Clock } from '../../common/clock.ts';
import type { EngineStatus, Fleet } from '../../lab/engines/engine.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { watchObjects, type ObjectEvent, type WatchTarget } from '../../lab/kube/watch.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import { observeObject } from '../probes/observe-object.ts';
import { nextState, nothingKnown } from '../runner/cluster-state.ts';
import type { Observer } from '../runner/observer.ts';
import { fleetLabel } from './fleet.ts';
import { combineStatus, lastingStatus } from './fleet-status.ts';

interface FleetObserverOptions {
  readonly engineName: EngineName;
  readonly trial: number;
  /** How many applications there are besides the root. */
  readonly applications: number;
  readonly fleet: Pick<Fleet<never>, 'root' | 'statusPath' | 'readStatus'>;
  readonly clock: Clock;
  readonly record: (observation: Observation) => void;
}

/** Follows the applications of one lab through the lives of its cluster. */
export interface FleetObserver extends Observer {
  /** Begins to watch a cluster that answers, until the signal is aborted. */
  readonly follow: (access: KubeAccess, signal: AbortSignal) => void;
  /** The cluster is gone: nothing of it is known any more. */
  readonly forget: () => void;
}

const selector = { labelSelector: `${fleetLabel.key}=${fleetLabel.value}` };

const targets: readonly WatchTarget[] = [
  '/api/v1/namespaces',
  '/api/v1/configmaps',
  '/api/v1/services',
  '/apis/apps/v1/deployments',
  '/apis/discovery.k8s.io/v1/endpointslices',
].map((path) => ({ path, ...selector }));

/** Makes an observer that knows of no cluster yet. */
export function createFleetObserver(options: FleetObserverOptions): FleetObserver {
  const { engineName, trial, applications, fleet, clock, record } = options;
  const waiters = new Set<(observation: Observation) => void>();
  const live = new Map<string, ObjectEvent>();
  const statuses = new Map<string, EngineStatus>();
  let state = nothingKnown;
  let iteration = 0;
  let desired: readonly LiveObject[] = [];
  let hasEngine = false;

  const note = (fact: Parameters<Observer['note']>[0], atMs = clock.nowMs()): void => {
    const observation: Observation = { ...fact, atMs, engine: engineName, trial, iteration };
    record(observation);
    state = nextState(state, observation);
    for (const waiter of [...waiters]) waiter(observation);
  };
  const onObject = (event: ObjectEvent): void => {
    const fact = observeObject(event, desired);
    if (fact === undefined) return;
    live.set(fact.object, event);
    note(fact, event.atMs);
  };
  const onStatus = ({ type, object, atMs }: ObjectEvent): void => {
    const { name } = object.metadata;
    if (type === 'DELETED') statuses.delete(name);
    else statuses.set(name, lastingStatus(statuses.get(name), fleet.readStatus(object)));
    if (name === fleet.root.name && statuses.get(name)?.isSettled === true && !hasEngine) {
      hasEngine = true;
      note({ type: 'reached', what: 'engine' }, atMs);
    }
    const combined = combineStatus(statuses, applications + 1);
    const known = state.engine;
    const isNew =
      known === undefined ||
      (Object.keys(combined) as (keyof EngineStatus)[]).some((key) => known[key] !== combined[key]);
    if (isNew) note({ type: 'engine', ...combined }, atMs);
  };
  /** Before a kind is served its watch fails, and that is no gap: there was nothing to be missed. */
  const watch = (
    target: WatchTarget,
    access: KubeAccess,
    signal: AbortSignal,
    onEvent: (event: ObjectEvent) => void,
  ): void => {
    let isListed = false;
    const { listed } = watchObjects(target, {
      access,
      clock,
      signal,
      onEvent: (event) => {
        if (!signal.aborted) onEvent(event);
      },
      onGap: (resource) => {
        if (isListed && !signal.aborted) note({ type: 'watch-gap', resource });
      },
    });
    listed.then(
      () => (isListed = true),
      () => undefined,
    );
  };
  return {
    state: () => state,
    enter: (next) => {
      iteration = next;
    },
    expect: (objects) => {
      desired = objects;
      for (const event of live.values())
        if (event.type !== 'DELETED') onObject({ ...event, type: 'MODIFIED', atMs: clock.nowMs() });
    },
    note,
    subscribe: (waiter) => {
      waiters.add(waiter);
      return () => waiters.delete(waiter);
    },
    follow: (access, signal) => {
      for (const target of targets) watch(target, access, signal, onObject);
      watch({ path: fleet.statusPath }, access, signal, onStatus);
    },
    forget: () => {
      live.clear();
      statuses.clear();
      state = nothingKnown;
      hasEngine = false;
    },
  };
}
