import { ExplainedError } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { bringsDefinition, type Footprint, type HandedObjects } from '../footprint.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, textAt, valueAt, type LiveObject } from '../kube/objects.ts';
import { nameOfLab, claimName } from './claim.ts';

/** What is in a cluster before a lab begins. */
export interface ClusterBefore {
  readonly namespaces: readonly LiveObject[];
  /** The definitions that are of the footprint, with how many objects there are of each. */
  readonly definitions: readonly { readonly name: string; readonly objects: number }[];
  /** What belongs to no namespace and says that it is a part of an engine: `ClusterRole/flux-view`. */
  readonly parts: readonly string[];
}

/** Where parts of an engine lie that belong to no namespace. */
export const partPaths = {
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
} as const;

export const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

async function items(access: KubeAccess, path: string): Promise<LiveObject[]> {
  return listAt(await access.get(path), 'items') as LiveObject[];
}

/** Where the objects of a definition are; undefined where none can be. */
export function pathOfKind(definition: LiveObject): string | undefined {
  const served = listAt(definition, 'spec', 'versions').find(
    (version) => valueAt(version, 'served') === true,
  );
  if (served === undefined) return undefined;
  const [group, plural] = [
    textAt(definition, 'spec', 'group'),
    textAt(definition, 'spec', 'names', 'plural'),
  ];
  return `/apis/${group}/${textAt(served, 'name')}/${plural}`;
}

/** The definitions of a footprint that a cluster has. */
export async function definitionsOf(access: KubeAccess, footprint: Footprint): Promise<LiveObject[]> {
  if (footprint.definitions.length === 0) return [];
  const known = await items(access, definitionsPath);
  return known.filter(({ metadata }) => bringsDefinition(footprint, metadata.name));
}

/** What a cluster has of the parts of a footprint's engines. */
export async function partsIn(
  access: KubeAccess,
  { partsOf }: Footprint,
): Promise<{ readonly kind: keyof typeof partPaths; readonly name: string }[]> {
  if (partsOf.length === 0) return [];
  const selector = encodeURIComponent(`app.kubernetes.io/part-of in (${partsOf.join(',')})`);
  const kinds = Object.keys(partPaths) as (keyof typeof partPaths)[];
  const found = kinds.map(async (kind) =>
    (await items(access, `${partPaths[kind]}?labelSelector=${selector}`)).map(({ metadata }) => ({
      kind,
      name: metadata.name,
    })),
  );
  return (await Promise.all(found)).flat();
}

/** Looks at what of a footprint a cluster has already. */
export async function lookBefore(access: KubeAccess, footprint: Footprint): Promise<ClusterBefore> {
  const [namespaces, definitions, parts] = await Promise.all([
    items(access, '/api/v1/namespaces'),
    definitionsOf(access, footprint),
    partsIn(access, footprint),
  ]);
  const counted = definitions.map(async (definition) => {
    const path = pathOfKind(definition);
    return {
      name: definition.metadata.name,
      objects: path === undefined ? 0 : (await items(access, path)).length,
    };
  });
  return {
    namespaces: namespaces.filter(({ metadata }) =>
      [claimName, ...footprint.namespaces].includes(metadata.name),
    ),
    definitions: await Promise.all(counted),
    parts: parts.map(({ kind, name }) => `${kind}/${name}`),
  };
}

function refuse(what: string, why: string, next: string): never {
  throw new ExplainedError({ what, why, next });
}

function demandNamespaces(namespaces: readonly LiveObject[], context: string): void {
  const [taken] = namespaces;
  if (taken === undefined) return;
  const owner = nameOfLab(taken);
  const { name } = taken.metadata;
  if (owner !== undefined) {
    refuse(
      `the lab "${owner}" uses the cluster, or was not removed from it`,
      `the namespace ${name} carries its label`,
      `wait until it has ended, or remove it where it was started: ${ownCommand('lab', 'down', owner)}; where that can't be done any more: ${ownCommand('lab', 'clear', '--context', context)}`,
    );
  }
  refuse(
    `the namespace ${name} is there already, and is not the lab's`,
    'the lab makes and deletes it, and would destroy what is in it',
    'use another cluster, or remove the namespace yourself if nobody needs it',
  );
}

/** What a user allows, and what the engine would allow. */
interface Allowed {
  /** The name of the context. */
  readonly context: string;
  /** Whether what is there of the engine may be used. */
  readonly isAdopting: boolean;
  /** Where the engine would have to run to be used. */
  readonly adoption?: Pick<HandedObjects, 'namespace' | 'workloads'>;
}

/** What helps where an engine is in use. */
function besideEngineInUse({ isAdopting, adoption }: Allowed): string {
  const elsewhere = 'use another cluster: an installation that others rely on is never taken over';
  if (adoption === undefined) return elsewhere;
  const { namespace, workloads } = adoption;
  return isAdopting
    ? `${elsewhere}, and only one whose ${workloads.join(' and ')} run in the namespace ${namespace} can be adopted`
    : `${elsewhere}; or have the lab use it as it is, by objects of its own beside the others: --adopt`;
}

/** Throws an explained error where the cluster has what a lab of this footprint would change for others. `isAdopting` allows definitions that have no objects. */
export function demandUnused(before: ClusterBefore, allowed: Allowed): void {
  const { isAdopting, context } = allowed;
  const used = before.definitions.filter(({ objects }) => objects > 0);
  const ofLab = before.namespaces.some((one) => nameOfLab(one) !== undefined);
  if (used.length > 0 && !ofLab) {
    refuse(
      'the engine is in use in the cluster',
      `there are objects of ${used.map(({ name, objects }) => `${name} (${objects})`).join(', ')}`,
      besideEngineInUse(allowed),
    );
  }
  demandNamespaces(before.namespaces, context);
  const idle = [...before.definitions.map(({ name }) => name), ...before.parts];
  if (idle.length === 0 || isAdopting) return;
  refuse(
    'parts of the engine are in the cluster already',
    `there are ${idle.join(', ')}, though no object of the engine`,
    'remove them, or have the lab use them and leave them at the end: --adopt',
  );
}
