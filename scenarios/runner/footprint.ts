import type { Footprint } from '../../lab/footprint.ts';
import { referenceOf } from '../../lab/kube/objects.ts';
import { kindOf } from '../probes/kinds.ts';
import type { Application, Disturbance } from '../scenario.ts';

/** What an application brings into a cluster, with what changes add to it. */
export function footprintOf(application: Application, disturbances: readonly Disturbance[]): Footprint {
  const first = application.objectsAt(0);
  const changed = disturbances.flatMap((disturbance) =>
    disturbance.kind === 'change' ? [...disturbance.change(first)] : [],
  );
  const objects = [...first, ...changed];
  const named = objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []));
  const placed = objects.flatMap(({ metadata: { namespace } }) =>
    namespace === undefined ? [] : [namespace],
  );
  const isOutside = (kind: string): boolean => kind !== 'Namespace' && kind !== 'CustomResourceDefinition';
  const outside = objects.filter(
    (object) => kindOf(object)?.isNamespaced === false && isOutside(object.kind),
  );
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  return {
    namespaces: [...new Set([...named, ...placed])],
    definitions: [...new Set(definitions.map(({ metadata }) => metadata.name))],
    partsOf: [],
    objects: outside.map(referenceOf),
  };
}
