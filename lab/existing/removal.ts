import { KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import { setTimeout as delay } from 'node:timers/promises';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
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
import type { Removal } from './removal-record.ts';

/** Namespaces of real pods that end in their own time take half a minute; this leaves room for a busy cluster. */
const removalTimeoutMs = 100_000;
const pollMs = 500;
/** How long an engine that runs is given to end what the lab handed it. */
const handedTimeoutMs = 40_000;

/** Whether an object was asked for that is not there, or is of a kind that the cluster does not have (any more). */
function isGone(error: unknown): boolean {
  return (
    (error as { readonly code?: unknown }).code === 404 ||
    messageOf(error).startsWith('Unrecognized API version and kind')
  );
}

/** Removes an object; one that is gone already is no failure. */
async function remove(access: KubeAccess, reference: ObjectReference): Promise<void> {
  try {
    await access.remove(reference);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Has an object go without what only an engine that is gone would finish. */
async function dropFinalizers({ config }: KubeAccess, reference: ObjectReference): Promise<void> {
  const bare = bareObject(reference);
  const patch = { ...bare, metadata: { ...bare.metadata, finalizers: [] } };
  try {
    await config
      .makeApiClient(KubernetesObjectApi)
      .patch(patch, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
  } catch (error) {
    if (!isGone(error)) throw error;
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
  for (const definition of await definitionsOf(access, footprint)) {
    const path = pathOfKind(definition);
    if (path === undefined) continue;
    for (const object of await listed(access, path)) {
      if (!footprint.namespaces.includes(object.metadata.namespace ?? '')) continue;
      await remove(access, referenceOf(object));
      if (listAt(object, 'metadata', 'finalizers').length === 0) continue;
      await dropFinalizers(access, referenceOf(object));
    }
  }
}

/** Those of the objects that are there; of a kind that the cluster does not have, none is. */
export async function thoseThere(
  access: KubeAccess,
  references: readonly ObjectReference[],
): Promise<ObjectReference[]> {
  const objects = access.config.makeApiClient(KubernetesObjectApi);
  const there = references.map(async (reference) =>
    objects.read(bareObject(reference)).then(
      () => [reference],
      (error: unknown) => {
        if (isGone(error)) return [];
        throw error;
      },
    ),
  );
  return (await Promise.all(there)).flat();
}

/** What of a lab is still in the cluster, besides its claim: references in the order in which they go. */
export async function whatIsLeft(access: KubeAccess, removal: Removal): Promise<ObjectReference[]> {
  const { footprint, kept, handed } = removal;
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
  const objects = await thoseThere(access, [...handed, ...footprint.objects]);
  return [...objects, ...own, ...definitions, ...parts];
}

async function untilGone(access: KubeAccess, removal: Removal, deadlineMs: number): Promise<void> {
  for (;;) {
    const left = await whatIsLeft(access, removal);
    if (left.length === 0) return;
    if (performance.now() > deadlineMs) {
      throw new ExplainedError({
        what: `${left.length} objects of the lab are still in the cluster`,
        why: left.map(({ kind, name }) => `${kind} ${name}`).join(', '),
        next: `try again: ${ownCommand('lab', 'down', removal.lab)}`,
      });
    }
    await removeEngineObjects(access, removal);
    for (const reference of left) await remove(access, reference);
    await delay(pollMs);
  }
}

/** Removes what an engine that runs on was handed, one after the other: it ends what it made of each. */
async function removeHanded(access: KubeAccess, { handed }: Removal): Promise<void> {
  const deadlineMs = performance.now() + handedTimeoutMs;
  for (const reference of handed) {
    await remove(access, reference);
    while ((await thoseThere(access, [reference])).length > 0) {
      if (performance.now() > deadlineMs) await dropFinalizers(access, reference);
      await delay(pollMs);
    }
  }
}

/**
 * Removes all that a lab has made in a cluster, its claim last; does nothing where the cluster is not this lab's (any more).
 * Throws an explained error where something stays.
 */
export async function removeLab(access: KubeAccess, removal: Removal): Promise<void> {
  const { lab, footprint } = removal;
  if (!(await isClaimedBy(access, lab))) return;
  await removeHanded(access, removal);
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
