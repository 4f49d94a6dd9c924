import type { ObjectReference } from '../../lab/kube/objects.ts';
import type { Drift, ObjectName } from '../scenario.ts';

/**
 * The field managers under which kubectl changes objects. Flux takes fields back from managers whose name starts with
 * "kubectl" (kustomize-controller, internal/controller/kustomization_controller.go), so a change by hand must carry one.
 */
const managers = { scale: 'kubectl-scale', set: 'kubectl-set' } as const;

function nameOf({ kind, name }: ObjectReference): ObjectName {
  return `${kind}/${name}`;
}

function inNamespace({ namespace }: ObjectReference): string {
  return namespace === undefined ? '' : `-n ${namespace} `;
}

interface Removal {
  /** What goes with the object. */
  readonly alsoGone?: readonly ObjectReference[];
  readonly readies: readonly ObjectName[];
  readonly knownToTakeMs?: Readonly<Record<string, number>>;
}

/** Someone deletes an object. */
export function remove(
  name: string,
  object: ObjectReference,
  { alsoGone = [], readies, knownToTakeMs = {} }: Removal,
): Drift {
  const target = nameOf(object);
  return {
    name,
    kind: 'drift',
    feature: `brings back a deleted ${object.kind}`,
    sentence: `someone deletes the ${object.kind} ${object.name}`,
    command: `kubectl ${inNamespace(object)}delete ${object.kind.toLowerCase()} ${object.name}`,
    target,
    effect: 'removed',
    restores: [target, ...alsoGone.map(nameOf)],
    readies,
    act: async (access) => access.remove(object),
    knownToTakeMs,
  };
}

interface Edit {
  readonly name: string;
  readonly deployment: ObjectReference;
  readonly feature: string;
  /** What someone does, as it follows after "someone". */
  readonly deed: string;
  /** What follows after `kubectl -n NAMESPACE`. */
  readonly kubectl: string;
  readonly change: { readonly spec: object };
  readonly manager: string;
}

/** Someone changes a Deployment that stays where it is. */
function edit({ name, deployment, feature, deed, kubectl, change, manager }: Edit): Drift {
  const target = nameOf(deployment);
  return {
    name,
    kind: 'drift',
    feature,
    sentence: `someone ${deed}`,
    command: `kubectl ${inNamespace(deployment)}${kubectl}`,
    target,
    effect: 'changed',
    restores: [target],
    readies: [target],
    act: async (access) => access.patch(deployment, change, manager),
  };
}

/** Someone sets the number of replicas of a Deployment. */
export function scale(name: string, deployment: ObjectReference, replicas: number): Drift {
  return edit({
    name,
    deployment,
    feature: `takes back replicas that were set to ${replicas} by hand`,
    deed: `scales the Deployment ${deployment.name} to ${replicas}`,
    kubectl: `scale deployment ${deployment.name} --replicas=${replicas}`,
    change: { spec: { replicas } },
    manager: managers.scale,
  });
}

function inContainer(container: string, change: object): { spec: object } {
  return { spec: { template: { spec: { containers: [{ name: container, ...change }] } } } };
}

/** Someone changes the image of a Deployment's container. */
export function editImage(
  name: string,
  deployment: ObjectReference,
  container: string,
  image: string,
): Drift {
  const edited = edit({
    name,
    deployment,
    feature: 'takes back an image that was set by hand',
    deed: `sets the image of the Deployment ${deployment.name} to ${image}`,
    kubectl: `set image deployment ${deployment.name} ${container}=${image}`,
    change: inContainer(container, { image }),
    manager: managers.set,
  });
  return { ...edited, images: [image] };
}

/** Someone changes the value of an environment variable that Git sets. */
export function editVariable(
  name: string,
  deployment: ObjectReference,
  container: string,
  variable: { readonly name: string; readonly value: string },
): Drift {
  return edit({
    name,
    deployment,
    feature: 'takes back an environment variable that was set by hand',
    deed: `sets ${variable.name}=${variable.value} in the Deployment ${deployment.name}`,
    kubectl: `set env deployment ${deployment.name} ${variable.name}=${variable.value}`,
    change: inContainer(container, { env: [variable] }),
    manager: managers.set,
  });
}
