import { waitUntil } from '../../common/wait.ts';
import { applyObjects } from '../kube/apply.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { numberAt, type LiveObject } from '../kube/objects.ts';
import { addressOfNode } from './node-address.ts';

/** Pods that serve HTTP. */
export interface ServingPods {
  readonly namespace: string;
  /** What the objects that let clients in are called. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The number of their port. */
  readonly port: number;
}

/** kube-proxy hears of a Service within a second; more on a busy machine. */
const timeoutMs = 60_000;

/**
 * A Service that opens the port on every node, in the place of the load balancer that a team would have, and a policy that lets
 * clients from outside the cluster in: Flux's own lets in pods alone (https://fluxcd.io/flux/components/notification/receivers/#receiving-webhooks).
 */
export function exposingObjects({ namespace, name, labels, port }: ServingPods): LiveObject[] {
  const metadata = { name, namespace };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { type: 'NodePort', selector: labels, ports: [{ name: 'http', port, targetPort: port }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ protocol: 'TCP', port }] }],
      },
    },
  ];
}

/** Makes pods reachable from this machine: host and port, where they answer when this returns. Throws an explained error, or the signal's reason. */
export async function exposePods(
  access: KubeAccess,
  pods: ServingPods,
  signal: AbortSignal,
): Promise<string> {
  await applyObjects(access, exposingObjects(pods), signal);
  const service = await access.get(`/api/v1/namespaces/${pods.namespace}/services/${pods.name}`);
  const address = `${await addressOfNode(access)}:${numberAt(service, 'spec', 'ports', 0, 'nodePort')}`;
  await waitUntil(
    async () => {
      await fetch(`http://${address}/`, { signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]) });
      return true;
    },
    { goal: `the pods of ${pods.name} to answer at ${address}`, timeoutMs, signal },
  );
  return address;
}
