import type { Observation } from '../../reports/record/observation.ts';
import type { ObjectEvent } from '../../lab/kube/watch.ts';
import { listAt, textAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { ObjectName } from '../scenario.ts';
import { differingPaths } from './difference.ts';
import { readinessOf } from './readiness.ts';

export type ObjectObservation = Extract<Observation, { type: 'object' }>;

/** The object as reports name it. The slices of a Service's endpoints stand under the Service's name. */
function nameOf(object: LiveObject): ObjectName {
  if (object.kind !== 'EndpointSlice') return `${object.kind}/${object.metadata.name}`;
  return `Endpoints/${object.metadata.labels?.['kubernetes.io/service-name'] ?? object.metadata.name}`;
}

/** Endpoints count as those of one Service object: a slice left by its predecessor must not pass for the new one's. */
function identityOf(object: LiveObject): string {
  const owner =
    object.kind === 'EndpointSlice' ? listAt(object, 'metadata', 'ownerReferences')[0] : undefined;
  return owner === undefined ? (object.metadata.uid ?? '') : textAt(owner, 'uid');
}

/**
 * What a watch event tells about one object, held against what Git has; undefined for objects that Git doesn't describe,
 * and that are not among those it is `known` to have described.
 */
export function observeObject(
  { type, object }: ObjectEvent,
  desired: readonly LiveObject[],
  known: ReadonlySet<string> = new Set(),
): Omit<ObjectObservation, 'atMs' | 'engine' | 'trial' | 'iteration'> | undefined {
  const wanted = desired.find(
    ({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name,
  );
  const name = nameOf(object);
  if (wanted === undefined && object.kind !== 'EndpointSlice' && !known.has(name)) return undefined;
  const isTerminating = textAt(object, 'metadata', 'deletionTimestamp') !== '';
  const { isReady, summary } = readinessOf(object);
  return {
    type: 'object',
    event: type,
    object: name,
    uid: identityOf(object),
    generation: object.metadata.generation ?? null,
    resourceVersion: object.metadata.resourceVersion ?? '',
    isTerminating,
    differsFromGit: wanted === undefined ? [] : differingPaths(wanted, object),
    isReady: isReady && type !== 'DELETED' && !isTerminating,
    summary: type === 'DELETED' ? 'gone' : isTerminating ? 'terminating' : summary,
  };
}
