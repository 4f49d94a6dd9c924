import { CoreV1Api, V1Namespace } from '@kubernetes/client-node';
import { ExplainedError } from '../../common/explained-error.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { LiveObject } from '../kube/objects.ts';
import { Removal } from './removal-record.ts';

/** The label on every namespace that a lab makes in a cluster that is not its own; its value is the lab's name. */
export const labLabel = 'gitops-lab/lab';

/** On the claim: how the lab is removed by whoever has nothing but the cluster, and when it was begun. */
const removalAnnotation = 'gitops-lab/removal';
const begunAnnotation = 'gitops-lab/begun';

/** The namespace that says which lab has a cluster; it is made first and deleted last, and there is nothing in it. */
export const claimName = 'gitops-lab';

/** The lab that a namespace belongs to; undefined where it is none's. */
export function nameOfLab({ metadata }: Pick<LiveObject, 'metadata'>): string | undefined {
  return metadata.labels?.[labLabel];
}

async function create(
  access: KubeAccess,
  name: string,
  lab: string,
  annotations: Readonly<Record<string, string>>,
): Promise<void> {
  const metadata = { name, labels: { [labLabel]: lab }, annotations: { ...annotations } };
  const body = Object.assign(new V1Namespace(), { metadata });
  await access.config.makeApiClient(CoreV1Api).createNamespace({ body });
}

/**
 * Takes a cluster for a lab, and makes the lab's namespaces with its label; the claim says how all of it is removed. Throws an
 * explained error where another lab was faster, or a namespace is there by now.
 */
export async function claimCluster(access: KubeAccess, removal: Removal, now: Date): Promise<void> {
  const { lab, footprint } = removal;
  const told = { [removalAnnotation]: JSON.stringify(removal), [begunAnnotation]: now.toISOString() };
  const made: string[] = [];
  const undo = async (): Promise<void> => {
    for (const name of made.reverse()) await access.remove({ apiVersion: 'v1', kind: 'Namespace', name });
  };
  for (const name of [claimName, ...footprint.namespaces]) {
    try {
      await create(access, name, lab, name === claimName ? told : {});
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

/** The lab that a cluster was taken for. */
export interface Claim {
  readonly lab: string;
  /** When it was begun, as it says itself. */
  readonly begun: string;
  /** Undefined where it does not say how it is removed. */
  readonly removal: Removal | undefined;
}

function removalOf(text: string | undefined): Removal | undefined {
  try {
    return Removal.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

/** The lab that a cluster was taken for; undefined where there is none. */
export async function readClaim(access: KubeAccess): Promise<Claim | undefined> {
  const all = (await access.get('/api/v1/namespaces')) as { readonly items: readonly LiveObject[] };
  const claim = all.items.find(({ metadata }) => metadata.name === claimName);
  const lab = claim === undefined ? undefined : nameOfLab(claim);
  if (claim === undefined || lab === undefined) return undefined;
  const { annotations = {} } = claim.metadata;
  return {
    lab,
    begun: annotations[begunAnnotation] ?? 'an unknown time',
    removal: removalOf(annotations[removalAnnotation]),
  };
}

/** Whether the cluster is this lab's. */
export async function isClaimedBy(access: KubeAccess, lab: string): Promise<boolean> {
  return (await readClaim(access))?.lab === lab;
}
