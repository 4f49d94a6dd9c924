import { ExplainedError } from '../../common/explained-error.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { listAt, textAt } from '../kube/objects.ts';

/** The address of a node in its cluster, which a container network on Linux makes reachable from this machine. Throws an explained error where none has one. */
export async function addressOfNode(access: Pick<KubeAccess, 'get'>): Promise<string> {
  const addresses = listAt(await access.get('/api/v1/nodes'), 'items').flatMap((node) =>
    listAt(node, 'status', 'addresses'),
  );
  const internal = addresses.find((address) => textAt(address, 'type') === 'InternalIP');
  if (internal !== undefined) return textAt(internal, 'address');
  throw new ExplainedError({
    what: 'no node of the lab has an address',
    next: 'see kubectl get nodes -o wide',
  });
}
