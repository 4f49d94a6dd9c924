import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, numberAt, textAt, valueAt } from '../kube/objects.ts';
import type { ComponentUsage } from '../lab.ts';
import { componentOf, podsOf } from './pods-of.ts';

/** The namespaces of the control plane and of the engines; what applications use says nothing of an engine. */
const namespaces = ['kube-system', 'flux-system', 'argocd'];

const nanosecondsPerSecond = 1e9;

/** What the pods of a node use, by its kubelet's word (https://kubernetes.io/docs/reference/instrumentation/node-metrics/#summary-api-source). */
export function readSummary(
  summary: unknown,
  componentOfPod: (namespace: string, pod: string) => string,
): ComponentUsage[] {
  return listAt(summary, 'pods').flatMap((pod) => {
    const namespace = textAt(pod, 'podRef', 'namespace');
    if (!namespaces.includes(namespace) || valueAt(pod, 'cpu', 'usageCoreNanoSeconds') === undefined)
      return [];
    return [
      {
        component: componentOfPod(namespace, textAt(pod, 'podRef', 'name')),
        cpuSeconds: numberAt(pod, 'cpu', 'usageCoreNanoSeconds') / nanosecondsPerSecond,
        memoryBytes: numberAt(pod, 'memory', 'workingSetBytes'),
      },
    ];
  });
}

/** What the pods of the control plane and of the engines use, on all nodes. Throws where the cluster does not tell. */
export async function usageOfPods(access: KubeAccess): Promise<ComponentUsage[]> {
  const [nodes, ...pods] = await Promise.all([
    access.get('/api/v1/nodes'),
    ...namespaces.map(async (namespace) => podsOf(access, namespace)),
  ]);
  const components = new Map(
    pods.flat().map((pod) => [`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, componentOf(pod)]),
  );
  const names = listAt(nodes, 'items').map((node) => textAt(node, 'metadata', 'name'));
  const summaries = await Promise.all(
    names.map(async (name) => access.get(`/api/v1/nodes/${name}/proxy/stats/summary`)),
  );
  return summaries.flatMap((summary) =>
    readSummary(summary, (namespace, pod) => components.get(`${namespace}/${pod}`) ?? pod),
  );
}
