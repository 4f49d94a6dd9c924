import { CoreV1Api, V1Namespace } from '@kubernetes/client-node';
import { ExplainedError } from '../../common/explained-error.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { LiveObject } from '../kube/objects.ts';

/** The label on every namespace that a lab makes in a cluster that is not its own; its value is the lab's name. */
const labLabel = 'gitops-lab/lab';

/** The namespace that says which lab has a cluster; it is made first and deleted last, and there is nothing in it. */
export const claimName = 'gitops-lab';

/** The lab that a namespace belongs to; undefined where it is none's. */
export function nameOfLab({ metadata }: Pick<LiveObject, 'metadata'>): string | undefined {
  return metadata.labels?.[labLabel];
}

async function create(access: KubeAccess, name: string, lab: string): Promise<void> {
  const body = Object.assign(new V1Namespace(), { metadata: { name, labels: { [labLabel]: lab } } });
  await access.config.makeApiClient(CoreV1Api).createNamespace({ body });
}

/** Takes a cluster for a lab, and makes the lab's namespaces with its label. Throws an explained error where another lab was faster, or a namespace is there by now. */
export async function claimCluster(
  access: KubeAccess,
  lab: string,
  namespaces: readonly string[],
): Promise<void> {
  const made: string[] = [];
  const undo = async (): Promise<void> => {
    for (const name of made.reverse()) await access.remove({ apiVersion: 'v1', kind: 'Namespace', name });
  };
  for (const name of [claimName, ...namespaces]) {
    try {
      await create(access, name, lab);
      made.push(name);
    } catch (error) {
      await undo();
      if ((error as { readonly code?: unknown }).code !== 409) throw error;
      throw new ExplainedError({
        what: `the namespace ${name} was made by somebody else just now`,
        why: 'there is one lab in a cluster at a time',
        next: 'wait until the other has ended',
        cause: error,
      });
    }
  }
}

/** Whether the cluster is this lab's. */
export async function isClaimedBy(access: KubeAccess, lab: string): Promise<boolean> {
  const all = (await access.get('/api/v1/namespaces')) as { readonly items: readonly LiveObject[] };
  const claim = all.items.find(({ metadata }) => metadata.name === claimName);
  return claim !== undefined && nameOfLab(claim) === lab;
}
