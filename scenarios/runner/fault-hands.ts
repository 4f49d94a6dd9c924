import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../common/duration.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import type { StepKind } from '../../reports/record/observation.ts';
import type { FaultHands } from '../scenario.ts';
import { awaitState } from './observer.ts';
import { commitRelease, type Revision } from './revisions.ts';
import type { TrialContext } from './trial-context.ts';

/** An engine reads Git within its interval; one that does not begin for this long never will. */
const atWorkTimeoutMs = 60_000;

/** The hands of one fault in one iteration, which begins on `start`. */
export interface HandsOnLab extends FaultHands {
  /** Ends what was begun and not ended: a fault that was interrupted must not outlive its iteration. */
  readonly mend: () => Promise<void>;
}

/** What a fault can do to the lab of a trial. */
export function handsOn(context: TrialContext, start: Revision): HandsOnLab {
  const { access, engine, faults, observer, random, signal, waiting } = context;
  let revision = start.hash;
  let isGitAway = false;
  const step = (kind: StepKind, what: string): void => {
    observer.note({ type: 'step', step: kind, what });
  };
  const giveGitBack = async (): Promise<void> => {
    await faults.giveGitBack();
    isGitAway = false;
    step('fault-ended', 'Git is back');
  };
  return {
    commitRelease: async () => {
      const { hash } = await commitRelease(context);
      revision = hash;
      step('commit', `a new release is committed, as ${hash.slice(0, 7)}`);
    },
    untilAtWork: async () => {
      const isAtWork = () => observer.state().engine?.isWorking === true;
      if (await waiting(awaitState(isAtWork, { observer, timeoutMs: atWorkTimeoutMs, signal }))) return;
      throw new ExplainedError({
        what: `the engine did not begin to work within ${formatDuration(atWorkTimeoutMs)}`,
      });
    },
    crash: async (worker) => {
      const component = engine.workers[worker];
      step('fault-began', `${component} is killed`);
      await faults.crash(component);
      step('fault-ended', `${component} is started again`);
    },
    takeGitAway: async () => {
      isGitAway = true;
      await faults.takeGitAway();
      step('fault-began', 'Git is away');
    },
    giveGitBack,
    drift: async (drift) => {
      step('drift', drift.sentence);
      await drift.act(access);
    },
    waitAtRandom: async (longestMs, least = 0) => {
      const waitMs = longestMs * (least + (1 - least) * random());
      await waiting(delay(waitMs, undefined, { signal }));
    },
    begin: (what) => {
      observer.note({ type: 'disturbed', what, revision });
    },
    mend: async () => {
      if (isGitAway) await giveGitBack();
    },
  };
}
