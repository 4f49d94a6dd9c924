import { wrongUsage } from '../../common/explained-error.ts';
import type { Proposal } from '../../lab/forge/gitea/gitea-store.ts';
import type { Change, Disturbance } from '../scenario.ts';
import { changed, type Revision } from './revisions.ts';
import type { TrialContext } from './trial-context.ts';

/** An approved pull request that waits to be merged. */
export interface Review {
  /** Merges it, which is the zero of time, and holds the cluster against it from then on. */
  readonly merge: () => Promise<void>;
}

async function mergeProposal(
  context: TrialContext,
  change: Change,
  release: number,
  proposal: Proposal,
): Promise<void> {
  const { observer } = context;
  const mergeCommit = await proposal.merge();
  observer.note({ type: 'disturbed', what: change.message, revision: mergeCommit });
  observer.expect(changed(context, change, release).objects);
  const { number, ...trail } = await proposal.readAuditTrail();
  observer.note({ type: 'audit', request: number, ...trail, approvals: [...trail.approvals] });
}

/**
 * Opens the pull request of a reviewed change and has it approved, after it was tried to get the change into main without: by a
 * push, and by a merge before the approval. It is ready to be merged when this returns; undefined for what is not reviewed.
 * Throws an explained error where the forge takes what it must refuse.
 */
export async function openReview(
  context: TrialContext,
  disturbance: Disturbance,
  { release }: Revision,
): Promise<Review | undefined> {
  if (disturbance.kind !== 'change' || disturbance.isReviewed !== true) return undefined;
  const { observer, reviewed, onActivity } = context;
  if (reviewed === undefined) {
    throw wrongUsage(
      `${disturbance.name} needs a forge with pull requests`,
      "set the scenario's forge to gitea",
    );
  }
  const { message } = disturbance;
  const { files } = changed(context, disturbance, release);
  onActivity(`${disturbance.name}: trying to get round the review`);
  const pushWords = await reviewed.demandNoPush(message, files);
  observer.note({ type: 'step', step: 'refused-push', what: `a push to main is refused: ${pushWords}` });
  const proposal = await reviewed.propose(message, files);
  const mergeWords = await proposal.demandNoMerge();
  observer.note({
    type: 'step',
    step: 'refused-merge',
    what: `an unapproved merge is refused: ${mergeWords}`,
  });
  onActivity(`${disturbance.name}: waiting for the approval`);
  await proposal.approve();
  return { merge: async () => mergeProposal(context, disturbance, release, proposal) };
}
