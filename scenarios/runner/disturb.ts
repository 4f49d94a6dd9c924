import { callOut, type Call } from './call-out.ts';
import { watchNeighbours } from './neighbours.ts';
import { milestonesBetween } from './milestones.ts';
import { awaitState } from './observer.ts';
import type { Disturbance } from '../scenario.ts';
import { handsOn } from './fault-hands.ts';
import { noteTally } from './listening.ts';
import type { PlannedIteration } from './plan.ts';
import { holdOf, RecoveryTracker } from './recovery.ts';
import { preparePublication, type PreparedPublication } from './publication.ts';
import { pushChange, type Revision } from './revisions.ts';
import type { Review } from './review.ts';
import type { TrialContext } from './trial-context.ts';

/** The API server tells of a change within milliseconds; after this it never will. */
const commitTimeoutMs = 10_000;
/** How long an engine that has given up is watched all the same, for it might think better of it. */
const gaveUpHoldMs = 5_000;

/** How the watching of an iteration ended. */
export interface End {
  readonly end: 'recovered' | 'timeout' | 'gave-up' | 'error';
  readonly reason: string;
}

/** What was got ready for a disturbance, of the kinds that need it. */
interface Prepared {
  readonly review: Review | undefined;
  readonly publication: PreparedPublication | undefined;
}

async function make(
  context: TrialContext,
  disturbance: Disturbance,
  revision: Revision,
  { review, publication }: Prepared,
): Promise<void> {
  if (review !== undefined) return review.merge();
  if (publication !== undefined) return publication.publish();
  if (disturbance.kind === 'publication') return;
  if (disturbance.kind === 'drift') return disturbance.act(context.access);
  if (disturbance.kind === 'change') return pushChange(context, disturbance, revision.release);
  const hands = handsOn(context, revision);
  try {
    await disturbance.act(hands);
  } finally {
    await hands.mend();
  }
}

const wrong: End = { end: 'timeout', reason: 'the automation committed a tag that it had to leave' };

/** Disturbs and follows the recovery to its end. `endTurn` gives the other lab its turn. */
export async function disturb(
  context: TrialContext,
  { disturbance, kind }: PlannedIteration,
  revision: Revision,
  endTurn: () => void,
  review?: Review,
): Promise<End> {
  const { observer, signal, timeoutMs, onActivity, waiting } = context;
  const holdMs = holdOf(disturbance, context.holdMs);
  let deadline = Infinity;
  let call: Call | undefined;
  const until = async (holds: () => boolean, longestMs = deadline - performance.now()): Promise<boolean> => {
    const goesOn = call === undefined ? signal : AbortSignal.any([signal, call.failed]);
    return waiting(awaitState(holds, { observer, timeoutMs: Math.max(0, longestMs), signal: goesOn }));
  };
  await noteTally(context, disturbance);
  const publication = await preparePublication(context, disturbance, revision);
  observer.note(context.machine.read());
  observer.note({ type: 'disturbing', disturbance: disturbance.name, kind });
  const tracker = new RecoveryTracker(disturbance, revision.hash, observer.state());
  const unsubscribe = observer.subscribe((observation) => {
    const before = tracker.recovery;
    tracker.observe(observation);
    for (const milestone of milestonesBetween(before, tracker.recovery)) context.onMilestone(milestone);
  });
  const neighbours = watchNeighbours(context);
  try {
    onActivity(`${disturbance.name}: waiting for it to be restored`);
    await make(context, disturbance, revision, { review, publication });
    deadline = performance.now() + Math.min(timeoutMs, disturbance.watchMs ?? Infinity);
    if (!(await until(() => tracker.recovery.disturbedAtMs !== null, commitTimeoutMs))) {
      return { end: 'error', reason: 'the API server never told of the disturbance' };
    }
    call = callOut(context, disturbance.name);
    void context.stage?.show(context, disturbance);
    const isReady = () => tracker.recovery.readyAtMs !== null;
    const hasGivenUp = () => !isReady() && observer.state().engine?.hasGivenUp === true;
    const isWrong = () => tracker.tookWhatIsToBeLeft;
    while (await until(() => isReady() || hasGivenUp() || isWrong())) {
      if (isWrong()) return wrong;
      if (isReady()) break;
      const goesOn = await until(() => !hasGivenUp(), gaveUpHoldMs);
      if (!goesOn) return { end: 'gave-up', reason: '' };
    }
    endTurn();
    onActivity(`${disturbance.name}: waiting for the engine to settle`);
    const isWhole = () => isReady() && tracker.recovery.settledAtMs !== null;
    while (await until(() => isWhole() || isWrong())) {
      if (isWrong()) return wrong;
      const wasLost = await until(() => !isWhole(), holdMs);
      if (wasLost) continue;
      await neighbours.conclude(tracker.revision);
      return { end: 'recovered', reason: '' };
    }
    return { end: 'timeout', reason: '' };
  } finally {
    await call?.end();
    unsubscribe();
    neighbours.stop();
    publication?.stop();
  }
}
