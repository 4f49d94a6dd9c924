import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../common/duration.ts';
import { messageOf } from '../../common/explained-error.ts';
import type { Mistake } from '../scenario.ts';
import { disturb, type End } from './disturb.ts';
import { leaveOut } from './leave-out.ts';
import { listen } from './listening.ts';
import { isLeftAlone, type PlannedIteration } from './plan.ts';
import { openReview } from './review.ts';
import { pushMistake, pushRevision, type Revision } from './revisions.ts';
import { mistakeProblem, problemOf, untilBroken, untilSteady } from './steady.ts';
import { openTraffic, type Traffic } from './traffic.ts';
import type { TrialContext } from './trial-context.ts';

/** A recovery that takes longer waits for something inside the engine; another lab's work does not show in it. */
const longestTurnMs = 10_000;
/** How many new revisions are tried for one iteration. */
const maxRevisions = 5;
/** How often a phase is drawn again because the engine was just then at work. */
const maxPhases = 25;

/** The mistake that a planned change mends. */
function mistakeBefore({ disturbance }: PlannedIteration): Mistake | undefined {
  return disturbance.kind === 'change' ? disturbance.after : undefined;
}

/** Waits for the phase and disturbs, both only while the engine is idle, or has a mistake to apply. */
async function disturbWhileIdle(
  context: TrialContext,
  planned: PlannedIteration,
  index: number,
  revision: Revision,
  traffic: Traffic,
): Promise<End | 'spent' | 'left-out'> {
  const { observer, random, phaseMaxMs, disturbTurn, onActivity, waiting, signal, stage } = context;
  const review = await openReview(context, planned.disturbance, revision);
  for (let draw = 1; draw <= maxPhases; draw += 1) {
    onActivity('waiting for the steady state');
    let steadiness = await untilSteady(context, planned, revision.hash);
    if (steadiness === 'steady' && stage !== undefined && draw === 1) {
      onActivity('ready for the stage');
      if ((await stage.enter(context, planned, index)) === 'left-out') return 'left-out';
      // Whoever presents may have talked for long.
      steadiness = await untilSteady(context, planned, revision.hash);
    }
    if (steadiness === 'spent') return 'spent';
    if (steadiness !== 'steady') return { end: 'error', reason: steadiness.problem };
    const phaseMs = planned.phase === 'locked' ? 0 : random() * phaseMaxMs;
    observer.note({ type: 'steady', revision: revision.hash, phaseMs });
    const mistake = mistakeBefore(planned);
    if (mistake !== undefined) {
      onActivity(`waiting for the mistake before ${planned.disturbance.name}`);
      await pushMistake(context, mistake, revision.release);
      await waiting(context.engine.byHand?.deploy() ?? Promise.resolve());
      const problem = await untilBroken(context, mistake);
      if (problem !== undefined) return { end: 'error', reason: problem };
    }
    onActivity(`waiting a random ${formatDuration(phaseMs)} before ${planned.disturbance.name}`);
    if (phaseMs > 0) await waiting(delay(phaseMs, undefined, { signal }));
    // One that waited for its turn would be locked to the engine's interval no longer.
    const endTurn = planned.phase === 'locked' ? () => undefined : await disturbTurn.take();
    const turnEnds = setTimeout(endTurn, longestTurnMs);
    try {
      signal.throwIfAborted();
      await traffic.begin();
      const problem =
        mistake === undefined ? problemOf(context, planned, revision.hash) : mistakeProblem(context, mistake);
      if (problem !== undefined && mistake === undefined) continue;
      if (problem !== undefined) return { end: 'error', reason: problem };
      return await disturb(context, planned, revision, endTurn, review);
    } finally {
      clearTimeout(turnEnds);
      endTurn();
    }
  }
  return { end: 'error', reason: `the engine was at work at each of ${maxPhases} random moments` };
}

const allSpent: End = {
  end: 'error',
  reason: `on each of ${maxRevisions} new revisions the engine had corrected something by itself before`,
};

/** What follows belongs to this iteration, on this revision. */
function enter(
  { observer, application }: TrialContext,
  { disturbance, kind, phase, repeat }: PlannedIteration,
  index: number,
  { hash, release }: Revision,
): void {
  observer.enter(index);
  observer.expect(application.objectsAt(release));
  observer.note({ type: 'revision', revision: hash, disturbance: disturbance.name, kind, phase, repeat });
}

/**
 * One disturb-and-recover cycle. Where several labs follow one repository, it is this lab's turn to have it changed meanwhile.
 */
export async function runIteration(
  context: TrialContext,
  planned: PlannedIteration,
  index: number,
  previous: Revision | undefined,
): Promise<Revision> {
  const endTurn = await context.repositoryTurn.take();
  try {
    return await runOnRevision(context, planned, index, previous);
  } finally {
    endTurn();
  }
}

/**
 * The cycle itself, on a revision of its own unless it repeats one on `previous`. Where the new revision is spent
 * before it begins, another one is pushed. Its facts are in the observer's record when it returns the revision that it was made on.
 */
async function runOnRevision(
  context: TrialContext,
  planned: PlannedIteration,
  index: number,
  previous: Revision | undefined,
): Promise<Revision> {
  const { observer, machine, engine } = context;
  const isRepeated = planned.repeat > 0 && previous !== undefined;
  const correctsDrift = !isLeftAlone(planned.disturbance);
  if (context.scenario.disturbances.some(isLeftAlone)) await engine.correctDrift?.(correctsDrift);
  let revision = isRepeated ? previous : await pushRevision(context, correctsDrift);
  const listening = listen(context, planned.disturbance);
  const traffic = openTraffic(context, index);
  try {
    let end: End | 'spent' | 'left-out' = 'spent';
    for (let tries = 1; end === 'spent'; tries += 1) {
      if (tries > 1) revision = await pushRevision(context, correctsDrift);
      enter(context, planned, index, revision);
      if (!isRepeated) await context.waiting(engine.requestSync());
      end = await disturbWhileIdle(context, planned, index, revision, traffic);
      if (end === 'spent' && tries === maxRevisions) end = allSpent;
    }
    if (end === 'left-out') {
      leaveOut(observer, index, planned);
      return revision;
    }
    await context.stage?.show(context, planned.disturbance);
    observer.note(machine.read());
    observer.note({ type: 'watched', ...end });
    if (end.end !== 'error') {
      await listening.conclude();
      await traffic.conclude();
    }
  } catch (error) {
    const wasInterrupted = context.signal.aborted;
    const reason = wasInterrupted ? 'interrupted' : messageOf(error);
    observer.note({ type: 'watched', end: wasInterrupted ? 'interrupted' : 'error', reason });
  } finally {
    listening.stop();
    await traffic.stop();
    await context.machines?.mend();
  }
  return revision;
}
