import { ExplainedError } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import type { ObjectReference } from '../kube/objects.ts';
import { claimName, readClaim, type Claim } from './claim.ts';
import { demandAnswer, demandValidCertificate, explainConnection } from './connection.ts';
import { findContext, type ChosenContext } from './contexts.ts';
import type { Removal } from './removal-record.ts';
import { removeLab, whatIsLeft } from './removal.ts';

/** What a lab whose home is gone has left in a cluster. */
interface LeftInCluster {
  readonly claim: Claim;
  readonly removal: Removal;
  /** In the order in which they go; the claim is the last. */
  readonly objects: readonly ObjectReference[];
}

/** A cluster that is looked at, to be cleared of what a lab has left there. */
export interface OpenedCluster {
  readonly context: ChosenContext;
  /** Undefined where no lab has left anything. Throws an explained error where it is not known what is a lab's. */
  readonly look: () => Promise<LeftInCluster | undefined>;
  /** Removes all of it. Throws an explained error where something stays. */
  readonly clear: (left: LeftInCluster) => Promise<void>;
  readonly close: () => void;
}

async function look(access: KubeAccess): Promise<LeftInCluster | undefined> {
  const claim = await readClaim(access);
  if (claim === undefined) return undefined;
  const { removal, lab } = claim;
  if (removal?.lab !== lab) {
    throw new ExplainedError({
      what: `it is not known what the lab "${lab}" has left in the cluster`,
      why: `the namespace ${claimName} carries its label, and does not say what is to be removed`,
      next: `end it where it was started: ${ownCommand('lab', 'down', lab)}`,
    });
  }
  const own = { apiVersion: 'v1', kind: 'Namespace', name: claimName };
  return { claim, removal, objects: [...(await whatIsLeft(access, removal)), own] };
}

/** Opens the cluster of a context; it is only read until it is cleared. Throws an explained error. */
export async function openToClear(name: string, environment: NodeJS.ProcessEnv): Promise<OpenedCluster> {
  const context = findContext(name, environment);
  demandValidCertificate(context, new Date());
  const access = openCluster(context.config.exportConfig());
  const explained = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw error instanceof ExplainedError ? error : explainConnection(context, error);
    });
  try {
    await demandAnswer(context, access);
  } catch (error) {
    access.close();
    throw error;
  }
  return {
    context,
    look: async () => explained(look(access)),
    clear: async ({ removal }) => explained(removeLab(access, removal)),
    close: access.close,
  };
}
