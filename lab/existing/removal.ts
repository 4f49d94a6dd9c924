import { KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import { setTimeout as delay } from 'node:timers/promises';
import { ExplainedError } from '../../common/explained-error.ts';
import type { Footprint } from '../footprint.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import {
  bareObject,
  listAt,
  referenceOf,
  textAt,
  type LiveObject,
  type ObjectReference,
} from '../kube/objects.ts';
import { claimName, isClaimedBy } from './claim.ts';
import { definitionsOf, partsIn, pathOfKind } from './in-use.ts';

/** What is to be removed of a lab, and what was there before it. */
export interface Removal {
  /** The lab's name, which the cluster's claim has to carry. */
  readonly lab: string;
  readonly footprint: Footprint;
  /** Definitions and `Kind/name` of parts that were there before, and stay. */
  readonly kept: readonly string[];
}

/** Namespaces of real pods that end in their own time take half a minute; this leaves room for a busy cluster. */
const removalTimeoutMs = 100_000;
const pollMs = 500;

/** Removes an object; one that is gone already is no failure. */
async function remove(access: KubeAccess, reference: ObjectReference): Promise<void> {
  try {
    await access.remove(reference);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 404) throw error;
  }
}

async function listed(access: KubeAccess, path: string): Promise<LiveObject[]> {
  const answer = await access.get(path);
  const apiVersion = textAt(answer, 'apiVersion');
  const kind = textAt(answer, 'kind').replace(/List$/, '');
  return (listAt(answer, 'items') as LiveObject[]).map((item) => ({ ...item, apiVersion, kind }));
}

/** Ends the programs that would put back what is removed. */
async function removeWorkloads(access: KubeAccess, namespaces: readonly string[]): Promise<void> {
  const paths = namespaces.flatMap((namespace) =>
    ['deployments', 'statefulsets'].map((kind) => `/apis/apps/v1/namespaces/${namespace}/${kind}`),
  );
  for (const path of paths)
    for (const object of await listed(access, path)) await remove(access, referenceOf(object));
}

/** Removes the engine's own objects, without what only the engine, which is gone, would finish. */
async function removeEngineObjects(access: KubeAccess, { footprint }: Removal): Promise<void> {
  const objects = access.config.makeApiClient(KubernetesObjectApi);
  for (const definition of await definitionsOf(access, footprint)) {
    const path = pathOfKind(definition);
    if (path === undefined) continue;
    for (const object of await listed(access, path)) {
      if (!footprint.namespaces.includes(object.metadata.namespace ?? '')) continue;
      await remove(access, referenceOf(object));
      if (listAt(object, 'metadata', 'finalizers').length === 0) continue;
      const bare = bareObject(referenceOf(object));
      const patch = { ...bare, metadata: { ...bare.metadata, finalizers: [] } };
      await objects
        .patch(patch, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch)
        .catch((error: unknown) => {
          if ((error as { readonly code?: unknown }).code !== 404) throw error;
        });
    }
  }
}

/** What of a lab is still in the cluster, besides its claim: references in the order in which they go. */
async function whatIsLeft(access: KubeAccess, { footprint, kept }: Removal): Promise<ObjectReference[]> {
  const namespaces = await listed(access, '/api/v1/namespaces');
  const own = namespaces
    .filter(({ metadata }) => footprint.namespaces.includes(metadata.name))
    .map(referenceOf);
  const definitions = (await definitionsOf(access, footprint))
    .filter(({ metadata }) => !kept.includes(metadata.name))
    .map(({ metadata }) => ({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: metadata.name,
    }));
  const parts = (await partsIn(access, footprint))
    .filter(({ kind, name }) => !kept.includes(`${kind}/${name}`))
    .map((part) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', ...part }));
  return [...own, ...definitions, ...parts];
}

async function untilGone(access: KubeAccess, removal: Removal, deadlineMs: number): Promise<void> {
  for (;;) {
    const left = await whatIsLeft(access, removal);
    if (left.length === 0) return;
    if (performance.now() > deadlineMs) {
      throw new ExplainedError({
        what: `${left.length} objects of the lab are still in the cluster`,
        why: left.map(({ kind, name }) => `${kind} ${name}`).join(', '),
        next: `try again: npm run lab -- down ${removal.lab}`,
      });
    }
    await removeEngineObjects(access, removal);
    for (const reference of left) await remove(access, reference);
    await delay(pollMs);
  }
}

/**
 * Removes all that a lab has made in a cluster, its claim last; does nothing where the cluster is not this lab's (any more).
 * Throws an explained error where something stays.
 */
export async function removeLab(access: KubeAccess, removal: Removal): Promise<void> {
  const { lab, footprint } = removal;
  if (!(await isClaimedBy(access, lab))) return;
  const deadlineMs = performance.now() + removalTimeoutMs;
  await removeWorkloads(access, footprint.namespaces);
  for (const object of footprint.objects) await remove(access, object);
  await untilGone(access, removal, deadlineMs);
  const claim = { apiVersion: 'v1', kind: 'Namespace', name: claimName };
  while (await isClaimedBy(access, lab)) {
    await remove(access, claim);
    await delay(pollMs);
  }
}
