import pLimit from 'p-limit';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { listAt, textAt, type LiveObject } from '../../lab/kube/objects.ts';
import { leftOutKinds } from './left-out.ts';

const parallelRequests = 8;

interface ListedKind {
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
}

/** Every version of the API that the server prefers (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api). */
async function apiVersions(access: KubeAccess): Promise<string[]> {
  const groups = listAt(await access.get('/apis'), 'groups');
  return ['v1', ...groups.map((group) => textAt(group, 'preferredVersion', 'groupVersion'))];
}

/** The kinds of a version that lie in namespaces and can be listed. */
async function kindsOf(access: KubeAccess, apiVersion: string): Promise<ListedKind[]> {
  const base = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  return listAt(await access.get(base), 'resources').flatMap((resource) => {
    const [name, kind] = [textAt(resource, 'name'), textAt(resource, 'kind')];
    const isWanted =
      (resource as { namespaced?: boolean }).namespaced === true &&
      listAt(resource, 'verbs').includes('list') &&
      !leftOutKinds.some((one) => one.kind === kind);
    return isWanted ? [{ path: `${base}/${name}`, apiVersion, kind }] : [];
  });
}

async function list(access: KubeAccess, { path, apiVersion, kind }: ListedKind): Promise<LiveObject[]> {
  const items = listAt(await access.get(path), 'items') as LiveObject[];
  return items.map((item) => ({ ...item, apiVersion, kind }));
}

/** All that a cluster holds of some namespaces, of every kind that it serves, with the namespaces themselves. */
export async function readNamespaces(
  access: KubeAccess,
  namespaces: ReadonlySet<string>,
): Promise<LiveObject[]> {
  const inTurn = pLimit(parallelRequests);
  const kinds = (await inTurn.map(await apiVersions(access), async (one) => kindsOf(access, one))).flat();
  const objects = (await inTurn.map(kinds, async (kind) => list(access, kind))).flat();
  const own = await list(access, { path: '/api/v1/namespaces', apiVersion: 'v1', kind: 'Namespace' });
  return [
    ...own.filter(({ metadata }) => namespaces.has(metadata.name)),
    ...objects.filter(({ metadata }) => namespaces.has(metadata.namespace ?? '')),
  ];
}

/** The engine's own objects of the applications, which Git holds, too. */
export async function readEngineObjects(access: KubeAccess, statusPath: string): Promise<LiveObject[]> {
  const answer = await access.get(statusPath);
  const kind = textAt(answer, 'kind').replace(/List$/, '');
  const items = listAt(answer, 'items') as LiveObject[];
  return items.map((item) => ({ ...item, apiVersion: textAt(answer, 'apiVersion'), kind }));
}
