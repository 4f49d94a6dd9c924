import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, valueAt, type LiveObject } from '../kube/objects.ts';

/**
 * The labels that Flux and Argo CD name their parts by (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/),
 * and then those of kubeadm's control plane and its add-ons.
 */
const nameLabels = ['app', 'app.kubernetes.io/name', 'component', 'k8s-app'];

/** What a pod is a part of: `kustomize-controller`; the pod's own name where no label tells. */
export function componentOf({ metadata: { name, labels } }: Pick<LiveObject, 'metadata'>): string {
  return nameLabels.map((label) => labels?.[label]).find((value) => value !== undefined) ?? name;
}

/** The pods of a namespace. */
export async function podsOf(access: KubeAccess, namespace: string): Promise<LiveObject[]> {
  const answer = await access.get(`/api/v1/namespaces/${namespace}/pods`);
  return listAt(answer, 'items').filter(
    (item): item is LiveObject => valueAt(item, 'metadata') !== undefined,
  );
}
