import type { LiveObject } from '../../lab/kube/objects.ts';

/** A kind whose objects can be followed. */
export interface ObservedKind {
  readonly apiVersion: string;
  /** As it stands in paths: `deployments`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
}

const inNamespace = (apiVersion: string, plural: string): ObservedKind => ({
  apiVersion,
  plural,
  isNamespaced: true,
});

/** Kinds that become ready in a lab without nodes, volumes or load balancers, by both engines' health checks. */
const observedKinds: Readonly<Record<string, ObservedKind>> = {
  Namespace: { apiVersion: 'v1', plural: 'namespaces', isNamespaced: false },
  ConfigMap: inNamespace('v1', 'configmaps'),
  Secret: inNamespace('v1', 'secrets'),
  ServiceAccount: inNamespace('v1', 'serviceaccounts'),
  Service: inNamespace('v1', 'services'),
  Deployment: inNamespace('apps/v1', 'deployments'),
  StatefulSet: inNamespace('apps/v1', 'statefulsets'),
  DaemonSet: inNamespace('apps/v1', 'daemonsets'),
  Role: inNamespace('rbac.authorization.k8s.io/v1', 'roles'),
  RoleBinding: inNamespace('rbac.authorization.k8s.io/v1', 'rolebindings'),
  NetworkPolicy: inNamespace('networking.k8s.io/v1', 'networkpolicies'),
  CustomResourceDefinition: {
    apiVersion: 'apiextensions.k8s.io/v1',
    plural: 'customresourcedefinitions',
    isNamespaced: false,
  },
};

/** The names of the kinds, for messages. */
export const observedKindNames: readonly string[] = Object.keys(observedKinds);

/** How objects of this kind are followed; undefined where they can't be. */
export function kindOf({ kind }: Pick<LiveObject, 'kind'>): ObservedKind | undefined {
  return Object.hasOwn(observedKinds, kind) ? observedKinds[kind] : undefined;
}

/** The REST path of a kind's objects, in a namespace where it has one (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris). */
export function pathOf({ apiVersion, plural, isNamespaced }: ObservedKind, namespace: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return isNamespaced ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`;
}
