import { wrongUsage } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { conditionStatus, listAt, textAt, valueAt, type LiveObject } from '../../lab/kube/objects.ts';
import { podsOf } from '../../lab/pods/pods-of.ts';

/** An engine's parts are back on another node within seconds; this leaves room for a busy machine. */
const moveTimeoutMs = 180_000;

export const nodeOf = (pod: LiveObject): string => textAt(pod, 'spec', 'nodeName');

const isEnded = (pod: LiveObject): boolean =>
  ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));

/** Those of a DaemonSet belong to their node, and so do those that a kubelet starts by itself. */
const isMovable = (pod: LiveObject): boolean =>
  !isEnded(pod) &&
  !listAt(pod, 'metadata', 'ownerReferences').some((owner) =>
    ['DaemonSet', 'Node'].includes(textAt(owner, 'kind')),
  );

const isReadyPod = (pod: LiveObject): boolean =>
  conditionStatus(pod, 'Ready') === 'True' && valueAt(pod, 'metadata', 'deletionTimestamp') === undefined;

const countOn = (worker: string, pods: readonly LiveObject[]): number =>
  pods.filter((pod) => nodeOf(pod) === worker).length;

interface Candidates {
  readonly workers: readonly string[];
  readonly ofApplication: readonly LiveObject[];
  readonly ofEngine: readonly LiveObject[];
}

/**
 * The worker to lose, of those that run pods of the application: the one with the most parts of the engine, or with the
 * fewest; of several the first. Throws an explained error where there are not two workers, or none runs the application.
 */
export function chooseWorker(
  { workers, ofApplication, ofEngine }: Candidates,
  engine: 'engine' | 'no engine',
): string {
  if (workers.length < 2)
    throw wrongUsage(
      'a worker can only be lost where another one is left to take its pods',
      'make more: --nodes 3',
    );
  const sign = engine === 'engine' ? -1 : 1;
  const [chosen] = workers
    .filter((worker) => countOn(worker, ofApplication) > 0)
    .toSorted((left, right) => sign * (countOn(left, ofEngine) - countOn(right, ofEngine)));
  if (chosen === undefined) throw new Error('no worker runs the application, which was steady');
  return chosen;
}

/** A node that is Ready again takes no pods until these are gone (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions). */
const taintsOfLoss = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

async function takesPods(access: KubeAccess, node: string): Promise<boolean> {
  const taints = listAt(await access.get(`/api/v1/nodes/${node}`), 'spec', 'taints');
  return !taints.some((taint) => taintsOfLoss.includes(textAt(taint, 'key')));
}

/**
 * Removes the pods of a namespace so that they are scheduled anew, unless each worker has one. Throws an explained error where
 * a worker takes no pods.
 */
export async function spread(
  access: KubeAccess,
  namespace: string,
  workers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const worker of workers) {
    const probe = async () => ((await takesPods(access, worker)) ? true : undefined);
    await waitUntil(probe, {
      goal: `${worker} to take pods`,
      timeoutMs: moveTimeoutMs,
      everyMs: 250,
      signal,
    });
  }
  const pods = await podsOf(access, namespace);
  if (workers.every((worker) => countOn(worker, pods) > 0)) return;
  await Promise.all(
    pods.map(async ({ metadata: { name } }) =>
      access.remove({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
    ),
  );
}

const cordon = async (access: KubeAccess, node: string, unschedulable: boolean): Promise<void> =>
  access.patch({ apiVersion: 'v1', kind: 'Node', name: node }, { spec: { unschedulable } }, 'gitops-lab');

/**
 * Moves the pods of a namespace off some nodes, as whoever drains them does; true where any had to move. All run elsewhere
 * and are ready when this settles. Throws an explained error at its time-out.
 */
export async function moveAway(
  access: KubeAccess,
  namespace: string,
  nodes: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const stranded = async (): Promise<LiveObject[]> =>
    (await podsOf(access, namespace)).filter((pod) => isMovable(pod) && nodes.includes(nodeOf(pod)));
  const first = await stranded();
  if (first.length === 0) return false;
  for (const node of nodes) await cordon(access, node, true);
  try {
    for (const { metadata } of first)
      await access.remove({ apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name });
    await waitUntil(
      async () => {
        const pods = (await podsOf(access, namespace)).filter(isMovable);
        const areMoved = pods.every((pod) => !nodes.includes(nodeOf(pod)) && isReadyPod(pod));
        return areMoved ? true : undefined;
      },
      { goal: `the pods of ${namespace} to run elsewhere`, timeoutMs: moveTimeoutMs, everyMs: 250, signal },
    );
  } finally {
    for (const node of nodes) await cordon(access, node, false);
  }
  return true;
}
