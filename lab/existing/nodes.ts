import { ExplainedError } from '../../common/explained-error.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import { conditionStatus, listAt, textAt, type LiveObject } from '../kube/objects.ts';

/** What the nodes of a cluster are. */
export interface ClusterNodes {
  readonly count: number;
  /** As Go names them: `amd64`; each once. */
  readonly architectures: readonly string[];
  readonly areSimulated: boolean;
}

/** Whether KWOK plays the kubelet of a node (https://kwok.sigs.k8s.io/docs/user/kwok-manage-nodes-and-pods/). */
function isSimulated(node: LiveObject): boolean {
  return (
    node.metadata.annotations?.['kwok.x-k8s.io/node'] !== undefined ||
    node.metadata.labels?.['type'] === 'kwok' ||
    textAt(node, 'status', 'nodeInfo', 'kubeletVersion').startsWith('kwok')
  );
}

/** What the nodes are that pods can be started on. Throws an explained error where there is none, or where some are simulated and others are not. */
export function judgeNodes(nodes: readonly LiveObject[]): ClusterNodes {
  const ready = nodes.filter((node) => conditionStatus(node, 'Ready') === 'True');
  if (ready.length === 0) {
    throw new ExplainedError({
      what: 'the cluster has no node that is Ready',
      why: nodes.length === 0 ? 'it has no node at all' : `none of its ${nodes.length} nodes is`,
      next: 'kubectl get nodes shows them',
    });
  }
  const simulated = ready.filter(isSimulated);
  if (simulated.length > 0 && simulated.length < ready.length) {
    throw new ExplainedError({
      what: 'some nodes of the cluster are simulated and others are not',
      why: 'a pod would be real or not by chance, and nothing could be said of the times',
      next: `remove the simulated ones first: ${simulated.map(({ metadata }) => metadata.name).join(', ')}`,
    });
  }
  const architectures = ready.map((node) => textAt(node, 'status', 'nodeInfo', 'architecture'));
  return {
    count: ready.length,
    architectures: [...new Set(architectures)].filter((one) => one !== ''),
    areSimulated: simulated.length > 0,
  };
}

async function listNodes(access: KubeAccess): Promise<LiveObject[]> {
  return listAt(await access.get('/api/v1/nodes'), 'items') as LiveObject[];
}

/** What the nodes of a cluster are. Throws an explained error where it can't be measured in. */
export async function readNodes(access: KubeAccess): Promise<ClusterNodes> {
  return judgeNodes(await listNodes(access));
}

/** A kubelet tells of this many images at most (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/, `nodeStatusMaxImages`). */
const toldImages = 50;

/** Those of the images that a node surely lacks, by what its kubelet tells. */
export function lackedImages(nodes: readonly LiveObject[], images: readonly string[]): string[] {
  return images.filter((image) =>
    nodes.some((node) => {
      const told = listAt(node, 'status', 'images');
      return told.length < toldImages && !told.some((one) => listAt(one, 'names').includes(image));
    }),
  );
}

/** Those of the images that a node of the cluster surely lacks. */
export async function imagesLackedBy(access: KubeAccess, images: readonly string[]): Promise<string[]> {
  return lackedImages(await listNodes(access), images);
}
