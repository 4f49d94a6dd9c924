import { waitUntil } from '../../common/wait.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { conditionStatus, listAt, type LiveObject } from '../kube/objects.ts';

/** A node in a container on an idle machine is Ready after 25 s; this leaves room for a busy one. */
export const startTimeoutMs = 300_000;

/**
 * Settles when as many nodes are Ready. Throws an explained error after 5 minutes or once `hopeless` settles, or the signal's reason.
 */
export async function untilNodesReady(
  access: KubeAccess,
  nodes: number,
  { signal, hopeless }: { readonly signal: AbortSignal; readonly hopeless: Promise<string> },
): Promise<void> {
  await waitUntil(
    async () => {
      const found = listAt(await access.get('/api/v1/nodes'), 'items') as LiveObject[];
      const ready = found.filter((node) => conditionStatus(node, 'Ready') === 'True');
      return ready.length === nodes ? true : undefined;
    },
    { goal: `${nodes} nodes to be Ready`, timeoutMs: startTimeoutMs, signal, everyMs: 200, hopeless },
  );
}
