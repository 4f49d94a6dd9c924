import type { ObjectEvent } from '../../lab/kube/watch.ts';
import { numberAt, textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Observation } from '../../reports/record/observation.ts';

type EventObservation = Extract<Observation, { type: 'event' }>;
type EventFact = Omit<EventObservation, 'atMs' | 'engine' | 'trial' | 'iteration'>;

/** How often an Event was told: the API keeps it in a series for new clients, and beside it for old ones. */
function countOf(object: LiveObject): number {
  return Math.max(1, numberAt(object, 'series', 'count'), numberAt(object, 'count'));
}

/** What an Event says (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/). */
function readEvent(object: LiveObject): EventFact {
  const about = valueAt(object, 'involvedObject');
  return {
    type: 'event',
    kind: textAt(object, 'type') === 'Warning' ? 'warning' : 'normal',
    object: `${textAt(about, 'kind')}/${textAt(about, 'name')}`,
    reason: textAt(object, 'reason'),
    message: textAt(object, 'message'),
    component: textAt(object, 'reportingComponent') || textAt(object, 'source', 'component'),
    count: countOf(object),
  };
}

/** Events of namespaces, which have no namespace themselves, stand in `default`. */
function isOf(object: LiveObject, namespaces: readonly string[]): boolean {
  const about = valueAt(object, 'involvedObject');
  return (
    namespaces.includes(object.metadata.namespace ?? '') ||
    (textAt(about, 'kind') === 'Namespace' && namespaces.includes(textAt(about, 'name')))
  );
}

/**
 * Tells of each Event of some namespaces what is new in it. An Event that is told again is changed in place and counts up;
 * other changes of it, and its removal after its time, tell nothing.
 */
export class EventProbe {
  readonly #namespaces: readonly string[];
  readonly #counts = new Map<string, number>();

  constructor(namespaces: readonly string[]) {
    this.#namespaces = namespaces;
  }

  observe({ type, object }: ObjectEvent): EventFact | undefined {
    const uid = object.metadata.uid ?? '';
    if (type === 'DELETED') this.#counts.delete(uid);
    if (type === 'DELETED' || !isOf(object, this.#namespaces)) return undefined;
    const fact = readEvent(object);
    const isNew = fact.count > (this.#counts.get(uid) ?? 0);
    this.#counts.set(uid, fact.count);
    return isNew ? fact : undefined;
  }
}
