import * as z from 'zod';
import { nearestName } from '../../common/nearest-name.ts';
import { textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import { kindOf, observedKindNames } from '../probes/kinds.ts';
import { writtenPath } from '../settings/schema-keys.ts';
import type { Application } from '../scenario.ts';

/** What is wrong with something of the user's, and what to do about it. */
export interface Problem {
  readonly what: string;
  readonly next: string;
}

/** A DNS label, as Kubernetes has it (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names). */
export const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Namespaces that the lab and its engines use. */
const takenNamespaces = ['argocd', 'default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];

const Metadata = z.looseObject({ name: z.string().min(1), namespace: z.string().optional() });

/** What every manifest has. */
export const Manifest = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: Metadata,
});

const titleOf = ({ kind, metadata }: LiveObject): string => `${kind}/${metadata.name}`;

function kindProblem(object: LiveObject): Problem | undefined {
  const kind = kindOf(object);
  if (kind === undefined) {
    const nearest = nearestName(object.kind, observedKindNames);
    return {
      what: `${titleOf(object)} is of a kind that can't be followed or does not become ready in a lab`,
      next: `${nearest === undefined ? '' : `did you mean "${nearest}"? `}leave it out; known kinds: ${observedKindNames.join(', ')}`,
    };
  }
  if (kind.apiVersion === object.apiVersion) return undefined;
  return {
    what: `${titleOf(object)} has the apiVersion "${object.apiVersion}"`,
    next: `write apiVersion: ${kind.apiVersion}`,
  };
}

function placeProblem(object: LiveObject, namespace: string): Problem | undefined {
  const own = object.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace;
  if (own === namespace) return undefined;
  return {
    what: `${titleOf(object)} is in the namespace "${own ?? ''}" and the application in "${namespace}"`,
    next: 'an application has one namespace: put all its objects there, and leave out other Namespaces',
  };
}

/** What a lab's API server or control plane would never make as the manifest says. */
function contentProblem(object: LiveObject): Problem | undefined {
  if (object.kind === 'Secret' && object['stringData'] !== undefined) {
    return {
      what: `${titleOf(object)} has stringData, which the API server turns into data and never shows`,
      next: 'write data, with values in base64',
    };
  }
  if (object.kind !== 'Service') return undefined;
  if (valueAt(object, 'spec', 'selector') === undefined) {
    return {
      what: `${titleOf(object)} has no selector, and so never gets endpoints`,
      next: 'give it spec.selector, with the labels of its pods',
    };
  }
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') return undefined;
  return {
    what: `${titleOf(object)} is a LoadBalancer, and a lab has none`,
    next: 'leave out spec.type for ClusterIP',
  };
}

function twinProblem(objects: readonly LiveObject[]): Problem | undefined {
  const titles = objects.map(titleOf);
  const twin = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twin === undefined) return undefined;
  return { what: `the application has ${twin} twice`, next: 'keep one of them' };
}

/** Each iteration needs a revision with content of its own, or the engine has nothing to sync. */
function releaseProblem({ objectsAt }: Application): Problem | undefined {
  if (JSON.stringify(objectsAt(1)) !== JSON.stringify(objectsAt(2))) return undefined;
  return {
    what: 'objectsAt(1) and objectsAt(2) are the same, though every release must change content',
    next: "make it with application({ name, objects }), which puts the release into the Namespace's annotations",
  };
}

function shapeProblem(objects: unknown): Problem | undefined {
  const parsed = z.array(Manifest).min(1).safeParse(objects);
  if (parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  return {
    what: `an object of the application is no manifest: ${writtenPath(issue?.path ?? [])}: ${issue?.message ?? ''}`,
    next: 'give each object apiVersion, kind and metadata.name',
  };
}

/** The first thing that would keep an application from its steady state; undefined where nothing is known to. */
export function applicationProblem(application: Application): Problem | undefined {
  const { name, namespace, objectsAt } = application;
  if (!dnsLabel.test(name)) {
    return {
      what: `the application's name is "${name}"`,
      next: 'give small letters, digits and dashes, such as guestbook',
    };
  }
  if (takenNamespaces.includes(namespace)) {
    return { what: `the namespace "${namespace}" is in use in every lab`, next: 'give it another name' };
  }
  const objects = objectsAt(0);
  const shape = shapeProblem(objects);
  if (shape !== undefined) return shape;
  if (!objects.some(({ kind }) => kind === 'Namespace')) {
    return {
      what: 'the application has no Namespace',
      next: 'put one among its objects, or make it with application({ name, objects })',
    };
  }
  for (const object of objects) {
    const problem = kindProblem(object) ?? placeProblem(object, namespace) ?? contentProblem(object);
    if (problem !== undefined) return problem;
  }
  return twinProblem(objects) ?? releaseProblem(application);
}
