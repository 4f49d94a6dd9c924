import { AuthorizationV1Api, V1SelfSubjectAccessReview } from '@kubernetes/client-node';
import pLimit from 'p-limit';
import { ExplainedError } from '../../common/explained-error.ts';
import type { Footprint } from '../footprint.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { ObjectReference } from '../kube/objects.ts';

/** One thing that the lab does in a cluster. */
export interface NeededPermission {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  /** Everywhere where it is left out. */
  readonly namespace?: string;
}

const parallelRequests = 8;
const keeping = ['get', 'list', 'watch', 'create', 'patch', 'delete'] as const;
const rbac = 'rbac.authorization.k8s.io';

function all(
  verbs: readonly string[],
  group: string,
  resources: readonly string[],
  namespace?: string,
): NeededPermission[] {
  return resources.flatMap((resource) =>
    verbs.map((verb) => ({ verb, group, resource, ...(namespace === undefined ? {} : { namespace }) })),
  );
}

/** What lies in a namespace of an engine or an application. */
function inNamespace(namespace: string): NeededPermission[] {
  return [
    ...all(keeping, '', ['configmaps', 'secrets', 'services', 'serviceaccounts'], namespace),
    ...all(['get', 'list', 'watch', 'delete'], '', ['pods'], namespace),
    ...all(['get'], '', ['pods/log'], namespace),
    ...all(['list', 'watch'], '', ['endpoints', 'events'], namespace),
    ...all(keeping, 'apps', ['deployments', 'statefulsets'], namespace),
    ...all(['list', 'watch'], 'apps', ['replicasets'], namespace),
    ...all(['create'], 'networking.k8s.io', ['networkpolicies'], namespace),
    ...all(['create'], rbac, ['roles', 'rolebindings'], namespace),
  ];
}

/** What the lab has to be allowed to for a footprint; an engine's own rights are given on, which takes them or `bind` and `escalate` (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping). */
export function neededPermissions(
  { namespaces, definitions, partsOf }: Footprint,
  engineOnHost: boolean,
): NeededPermission[] {
  return [
    ...all(keeping, '', ['namespaces']),
    ...all(['list'], '', ['nodes']),
    ...(definitions.length === 0 ? [] : all(keeping, 'apiextensions.k8s.io', ['customresourcedefinitions'])),
    ...(partsOf.length === 0
      ? []
      : all(['list', 'create', 'patch', 'delete'], rbac, ['clusterroles', 'clusterrolebindings'])),
    ...(partsOf.length === 0 ? [] : all(['bind', 'escalate'], rbac, ['clusterroles'])),
    ...(engineOnHost ? all(['create'], '', ['serviceaccounts/token']) : []),
    ...namespaces.flatMap(inNamespace),
  ];
}

/** The last word of the address of a kind (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris). */
function pluralOf(kind: string): string {
  return `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
}

/** What the lab has to be allowed to for what it hands to an engine that is somebody else's, and for reading its settings and logs. */
export function handingPermissions(objects: readonly ObjectReference[]): NeededPermission[] {
  const namespaces = [...new Set(objects.flatMap(({ namespace }) => namespace ?? []))];
  return [
    ...objects.flatMap(({ apiVersion, kind, namespace }) => {
      const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
      return all(keeping, group, [pluralOf(kind)], namespace);
    }),
    ...namespaces.flatMap((namespace) => [
      ...all(['get', 'list', 'watch'], '', ['pods', 'configmaps'], namespace),
      ...all(['get'], '', ['pods/log'], namespace),
      ...all(['get'], 'apps', ['deployments', 'statefulsets'], namespace),
    ]),
  ];
}

/** A permission as people say it: `create clusterroles.rbac.authorization.k8s.io`. */
export function permissionInWords({ verb, group, resource, namespace }: NeededPermission): string {
  const what = group === '' ? resource : `${resource}.${group}`;
  return `${verb} ${what}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/** Several permissions, a line for each resource. */
export function permissionList(missing: readonly NeededPermission[]): string {
  const verbsOf = new Map<string, string[]>();
  for (const one of missing) {
    const rest = permissionInWords({ ...one, verb: '' }).trim();
    verbsOf.set(rest, [...(verbsOf.get(rest) ?? []), one.verb]);
  }
  return [...verbsOf].map(([rest, verbs]) => `${verbs.join(', ')} ${rest}`).join('\n        ');
}

async function isAllowed(api: AuthorizationV1Api, needed: NeededPermission): Promise<boolean> {
  const { verb, group, namespace } = needed;
  const [resource = '', subresource] = needed.resource.split('/');
  const attributes = {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  const spec = { resourceAttributes: attributes };
  const body = Object.assign(new V1SelfSubjectAccessReview(), { spec });
  const { status } = await api.createSelfSubjectAccessReview({ body });
  return status?.allowed === true;
}

/** Asks the API server about each permission, and changes nothing. Throws an explained error that lists those that are missing. */
export async function demandPermissions(
  access: KubeAccess,
  needed: readonly NeededPermission[],
): Promise<void> {
  const api = access.config.makeApiClient(AuthorizationV1Api);
  const answers = await pLimit(parallelRequests).map(needed, async (one) => isAllowed(api, one));
  const missing = needed.filter((_, index) => answers[index] !== true);
  if (missing.length === 0) return;
  throw new ExplainedError({
    what: `${missing.length} of the ${needed.length} permissions that a lab needs are missing in the cluster`,
    why: `the user of the context may not:\n        ${permissionList(missing)}`,
    next: 'ask for them, or use the context of a user that has them, such as one that is bound to cluster-admin',
  });
}
