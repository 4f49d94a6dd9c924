import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../common/duration.ts';
import { ExplainedError, wrongUsage } from '../../common/explained-error.ts';
import { podsOf } from '../../lab/pods/pods-of.ts';
import type { StepKind } from '../../reports/record/facts/iteration.ts';
import type { FaultHands } from '../scenario.ts';
import { hasSettledAt } from './cluster-state.ts';
import { machineHands } from './machine-hands.ts';
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

function demandReceiver({ faults, scenario }: TrialContext): NonNullable<TrialContext['faults']['receiver']> {
  if (faults.receiver !== undefined) return faults.receiver;
  throw wrongUsage(
    `the lab of ${scenario.name} has no receiver of notifications`,
    "add notifications to the scenario's needs",
  );
}

/** What a fault can do to the lab of a trial. */
export function handsOn(context: TrialContext, start: Revision): HandsOnLab {
  const { access, engine, faults, observer, random, signal, timeoutMs, waiting } = context;
  let revision = start.hash;
  let isGitAway = false;
  let isReceiverAway = false;
  const step = (kind: StepKind, what: string): void => {
    observer.note({ type: 'step', step: kind, what });
  };
  const giveGitBack = async (): Promise<void> => {
    await faults.giveGitBack();
    isGitAway = false;
    step('fault-ended', 'Git is back');
  };
  const giveReceiverBack = async (): Promise<void> => {
    await demandReceiver(context).giveBack();
    isReceiverAway = false;
    step('fault-ended', 'the receiver of notifications is back');
  };
  const until = async (holds: () => boolean, longestMs: number, what: string): Promise<void> => {
    if (await waiting(awaitState(holds, { observer, timeoutMs: longestMs, signal }))) return;
    throw new ExplainedError({ what: `the engine did not ${what} within ${formatDuration(longestMs)}` });
  };
  const commit = async (): Promise<void> => {
    const { hash } = await commitRelease(context);
    revision = hash;
    step('commit', `a new release is committed, as ${hash.slice(0, 7)}`);
  };
  const untilApplied = async (): Promise<void> =>
    until(() => hasSettledAt(observer.state(), revision), timeoutMs, 'apply what was committed');
  return {
    commitRelease: commit,
    untilAtWork: async () =>
      until(() => observer.state().engine?.isWorking === true, atWorkTimeoutMs, 'begin to work'),
    untilApplied,
    ...machineHands(context, { commitRelease: commit, untilApplied }),
    crash: async (worker) => {
      const component = engine.workers[worker];
      step('fault-began', `${component} is killed`);
      await faults.crash(component);
      step('fault-ended', `${component} is started again`);
    },
    takeGitAway: async () => {
      isGitAway = true;
      await faults.takeGitAway(() => {
        if (isGitAway) step('refused-connection', 'the engine asks for Git, which is away');
      });
      step('fault-began', 'Git is away');
    },
    giveGitBack,
    takeReceiverAway: async () => {
      const receiver = demandReceiver(context);
      isReceiverAway = true;
      await receiver.takeAway();
      step('fault-began', 'the receiver of notifications is away');
    },
    giveReceiverBack,
    deletePods: async () => {
      const { namespace } = context.application;
      const pods = await podsOf(access, namespace);
      step('fault-began', `all ${pods.length} pods of ${namespace} are deleted`);
      await Promise.all(
        pods.map(async ({ metadata: { name } }) =>
          access.remove({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
        ),
      );
      step('fault-ended', 'their deletion is accepted');
    },
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
      if (isReceiverAway) await giveReceiverBack();
    },
  };
}
