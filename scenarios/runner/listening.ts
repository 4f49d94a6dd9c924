import { setTimeout as delay } from 'node:timers/promises';
import { wrongUsage } from '../../common/explained-error.ts';
import type { EngineNotices } from '../../lab/engines/engine.ts';
import type { Disturbance } from '../scenario.ts';
import { awaitState } from './observer.ts';
import type { TrialContext } from './trial-context.ts';

type Owing = Pick<Disturbance, 'name' | 'notice'>;
type Place = Pick<TrialContext, 'observer'> & {
  readonly engine: { readonly notices?: Pick<EngineNotices, 'tally'> | undefined };
};

/** Notes what the engine says that it has sent so far, where a disturbance is to be told of. */
export async function noteTally({ engine, observer }: Place, { name, notice }: Owing): Promise<void> {
  if (notice === undefined) return;
  if (engine.notices === undefined)
    throw wrongUsage(
      `${name} needs an engine that sends notifications`,
      "add notifications to the scenario's needs",
    );
  observer.note({ type: 'notice-tally', ...(await engine.notices.tally()) });
}

/** Who listens to the receiver in one iteration. */
export interface Listening {
  /** Waits for the notification that the engine owes, as long as its disturbance says, then for repetitions, and notes that it did. */
  readonly conclude: () => Promise<void>;
  readonly stop: () => void;
}

const silent: Listening = { conclude: async () => Promise.resolve(), stop: () => undefined };

/** Listens from now on. The notification is owed for the commit that the disturbance makes. */
export function listen(
  context: Place & Pick<TrialContext, 'signal' | 'waiting' | 'onActivity'>,
  disturbance: Owing,
): Listening {
  const { observer, signal, waiting, onActivity } = context;
  const { name, notice } = disturbance;
  if (notice === undefined) return silent;
  const { outcome, waitMs, listenMs } = notice;
  let owed = '';
  const heard = new Set<string>();
  const stop = observer.subscribe((fact) => {
    if (fact.type === 'revision' || fact.type === 'disturbed') owed = fact.revision;
    if (fact.type === 'notification' && fact.outcome === outcome) heard.add(fact.revision);
  });
  return {
    conclude: async () => {
      onActivity(`${name}: waiting for the notification`);
      const isHeard = (): boolean => heard.has(owed);
      await waiting(awaitState(isHeard, { observer, timeoutMs: waitMs, signal }));
      await waiting(delay(listenMs, undefined, { signal }));
      await noteTally(context, disturbance);
      observer.note({ type: 'listened', outcome, revision: owed });
    },
    stop,
  };
}
