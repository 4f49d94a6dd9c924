import { PatchStrategy, type KubernetesObject } from '@kubernetes/client-node';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { bareObject, type ObjectReference } from '../../lab/kube/objects.ts';
import type { Disturbance, ObjectName } from '../scenario.ts';

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

async function patchByHand(
  access: KubeAccess,
  object: ObjectReference,
  change: object,
  manager: string,
  strategy: PatchStrategy,
): Promise<void> {
  const patch: KubernetesObject = { ...bareObject(object), ...change };
  await access.objects.patch(patch, undefined, undefined, manager, undefined, strategy);
}

/** Someone deletes an object; `alsoGone` names what goes with it. */
export function remove(
  name: string,
  object: ObjectReference,
  {
    alsoGone = [],
    readies,
  }: { readonly alsoGone?: readonly ObjectReference[]; readonly readies: readonly ObjectName[] },
): Disturbance {
  const target = nameOf(object);
  return {
    name,
    kind: 'drift',
    sentence: `someone deletes the ${object.kind} ${object.name}`,
    command: `kubectl ${inNamespace(object)}delete ${object.kind.toLowerCase()} ${object.name}`,
    target,
    effect: 'removed',
    restores: [target, ...alsoGone.map(nameOf)],
    readies,
    act: async (access) => {
      await access.objects.delete(
        bareObject(object),
        undefined,
        undefined,
        undefined,
        undefined,
        'Background',
      );
    },
  };
}

/** Someone sets the number of replicas of a Deployment. */
export function scale(name: string, deployment: ObjectReference, replicas: number): Disturbance {
  const target = nameOf(deployment);
  return {
    name,
    kind: 'drift',
    sentence: `someone scales the Deployment ${deployment.name} to ${replicas}`,
    command: `kubectl ${inNamespace(deployment)}scale deployment ${deployment.name} --replicas=${replicas}`,
    target,
    effect: 'changed',
    restores: [target],
    readies: [target],
    act: async (access) =>
      patchByHand(access, deployment, { spec: { replicas } }, managers.scale, PatchStrategy.MergePatch),
  };
}

/** Someone changes the image of a Deployment's container. */
export function editImage(
  name: string,
  deployment: ObjectReference,
  container: string,
  image: string,
): Disturbance {
  const target = nameOf(deployment);
  const change = { spec: { template: { spec: { containers: [{ name: container, image }] } } } };
  return {
    name,
    kind: 'drift',
    sentence: `someone sets the image of the Deployment ${deployment.name} to ${image}`,
    command: `kubectl ${inNamespace(deployment)}set image deployment ${deployment.name} ${container}=${image}`,
    target,
    effect: 'changed',
    restores: [target],
    readies: [target],
    act: async (access) =>
      patchByHand(access, deployment, change, managers.set, PatchStrategy.StrategicMergePatch),
  };
}

/** Someone changes the value of an environment variable that Git sets. */
export function editVariable(
  name: string,
  deployment: ObjectReference,
  container: string,
  variable: { readonly name: string; readonly value: string },
): Disturbance {
  const target = nameOf(deployment);
  const change = { spec: { template: { spec: { containers: [{ name: container, env: [variable] }] } } } };
  return {
    name,
    kind: 'drift',
    sentence: `someone sets ${variable.name}=${variable.value} in the Deployment ${deployment.name}`,
    command: `kubectl ${inNamespace(deployment)}set env deployment ${deployment.name} ${variable.name}=${variable.value}`,
    target,
    effect: 'changed',
    restores: [target],
    readies: [target],
    act: async (access) =>
      patchByHand(access, deployment, change, managers.set, PatchStrategy.StrategicMergePatch),
  };
}
