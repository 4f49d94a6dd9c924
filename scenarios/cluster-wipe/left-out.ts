import { textAt, type LiveObject } from '../../lab/kube/objects.ts';

/** Something that Git can't know, so that it is left out where two clusters are held against each other. */
export interface LeftOut {
  /** As reports name it. */
  readonly what: string;
  /** Why Git can't know it. */
  readonly reason: string;
  /** The place in the object; `*` stands for any position of a list or any key. */
  readonly path: readonly string[];
  /** Of which objects it is left out; of all where nothing is said. */
  readonly of?: (object: LiveObject) => boolean;
}

const ofKind =
  (...kinds: readonly string[]) =>
  ({ kind }: LiveObject): boolean =>
    kinds.includes(kind);

function everywhere(path: string, reason: string): LeftOut {
  return { what: path, reason, path: path.split('.') };
}

/** Made by a controller, with a name that ends in random letters. */
function hasGeneratedName({ metadata }: LiveObject): boolean {
  return textAt(metadata, 'generateName') !== '';
}

/**
 * All that is left out of a comparison, each with its reason. What is not in this list counts: labels, annotations, owners, finalizers, every spec,
 * data of ConfigMaps and Secrets, and the objects that controllers made. The fields are described in
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/.
 */
export const leftOut: readonly LeftOut[] = [
  everywhere('metadata.uid', 'the API server draws it for each object'),
  everywhere('metadata.resourceVersion', 'etcd counts its writes in it'),
  everywhere('metadata.generation', 'the API server counts changes of the spec in it'),
  everywhere('metadata.creationTimestamp', 'the moment at which the object came to be'),
  everywhere('metadata.managedFields', 'who wrote which field, and when'),
  everywhere('status', 'what controllers observed; that all is ready is proven by watches'),
  {
    what: 'metadata.ownerReferences.uid',
    reason: 'the UID of another object',
    path: ['metadata', 'ownerReferences', '*', 'uid'],
  },
  {
    what: 'metadata.name of generated names',
    reason: 'the API server draws its last letters; such objects are told apart by what is in them',
    path: ['metadata', 'name'],
    of: hasGeneratedName,
  },
  {
    what: 'spec.clusterIP of Services',
    reason: 'the API server picks a free address',
    path: ['spec', 'clusterIP'],
    of: ofKind('Service'),
  },
  {
    what: 'spec.clusterIPs of Services',
    reason: 'the same',
    path: ['spec', 'clusterIPs'],
    of: ofKind('Service'),
  },
  {
    what: 'spec.nodeName of Pods',
    reason: 'the scheduler picks a node',
    path: ['spec', 'nodeName'],
    of: ofKind('Pod'),
  },
  {
    what: 'names of the token volumes of Pods',
    reason: 'the API server draws their last letters',
    path: ['spec', 'volumes', '*', 'name'],
    of: ofKind('Pod'),
  },
  {
    what: 'names of the token mounts of Pods',
    reason: 'the same',
    path: ['spec', 'containers', '*', 'volumeMounts', '*', 'name'],
    of: ofKind('Pod'),
  },
  {
    what: 'addresses of EndpointSlices',
    reason: 'pods get free addresses',
    path: ['endpoints', '*', 'addresses'],
    of: ofKind('EndpointSlice'),
  },
  {
    what: 'pods that EndpointSlices name',
    reason: 'names and UIDs of pods are drawn',
    path: ['endpoints', '*', 'targetRef'],
    of: ofKind('EndpointSlice'),
  },
  {
    what: 'nodes that EndpointSlices name',
    reason: 'the scheduler picks them',
    path: ['endpoints', '*', 'nodeName'],
    of: ofKind('EndpointSlice'),
  },
  {
    what: 'addresses and pods of Endpoints',
    reason: 'as those of EndpointSlices',
    path: ['subsets', '*', 'addresses', '*', '*'],
    of: ofKind('Endpoints'),
  },
  {
    what: 'time of the last change of endpoints',
    reason: 'a moment',
    path: ['metadata', 'annotations', 'endpoints.kubernetes.io/last-change-trigger-time'],
    of: ofKind('Endpoints', 'EndpointSlice'),
  },
  {
    what: 'the cluster’s certificate in kube-root-ca.crt',
    reason: 'a new cluster makes a new certificate authority',
    path: ['data', 'ca.crt'],
    of: ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'kube-root-ca.crt',
  },
];

/** Kinds that are no part of what a cluster should be. */
export const leftOutKinds: readonly { readonly kind: string; readonly reason: string }[] = [
  { kind: 'Event', reason: 'tells what happened, and is gone after an hour in any cluster' },
];
