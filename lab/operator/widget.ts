import { numberAt, type LiveObject } from '../kube/objects.ts';

/** A kind that only an operator knows what to do with. */
export const widget = {
  group: 'workshop.example',
  version: 'v1',
  apiVersion: 'workshop.example/v1',
  kind: 'Widget',
  plural: 'widgets',
} as const;

/** The Deployment whose pods are the operator. */
export const operatorName = 'widget-operator';

/** Why the operator would not take a widget; undefined where it takes it. */
export function widgetProblem(object: unknown): string | undefined {
  return numberAt(object, 'spec', 'size') > 0 ? undefined : 'spec.size must be more than 0';
}

/** What the operator makes of a widget; it goes with it (https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents). */
export function productOf({ metadata, ...object }: LiveObject): LiveObject {
  const { name, uid, namespace = 'default' } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `widget-${name}`,
      namespace,
      ...(uid === undefined
        ? {}
        : { ownerReferences: [{ apiVersion: widget.apiVersion, kind: widget.kind, name, uid }] }),
    },
    data: { size: String(numberAt(object, 'spec', 'size')) },
  };
}
