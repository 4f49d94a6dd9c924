import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../common/clock.ts';
import { ExplainedError } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import type { Lab } from '../../lab/lab.ts';
import { addressOfNode } from '../../lab/pods/node-address.ts';
import { endOfLog, type StartedComponent } from '../../lab/process/component.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { OnRunClock } from '../requests/client-requests.ts';
import { k6Component } from '../requests/k6.ts';
import { compress, hasSuccess, readRequests } from '../requests/read-requests.ts';
import { summarizeRequests } from '../requests/summary.ts';
import type { ClientLoad } from '../scenario.ts';
import type { Observer } from './observer.ts';

/** What the clients of a trial need. */
export interface TrafficPlace {
  readonly load: ClientLoad;
  /** The program k6. */
  readonly program: string;
  readonly lab: Pick<Lab, 'access' | 'directory' | 'run'>;
  /** Where what k6 wrote is kept, one file for each iteration. */
  readonly directory: string;
  readonly clock: Clock;
}

interface TrafficContext {
  readonly traffic: TrafficPlace | undefined;
  readonly observer: Pick<Observer, 'note' | 'subscribe'>;
  readonly signal: AbortSignal;
  readonly onActivity: (text: string) => void;
}

/** The clients of one iteration. */
export interface Traffic {
  /** Has them send requests, unless they do so already; returns when one was answered. Throws an explained error where none is. */
  readonly begin: () => Promise<void>;
  /** Ends that, and notes what became of the requests. */
  readonly conclude: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const nothing = async (): Promise<void> => Promise.resolve();
const silent: Traffic = { begin: nothing, conclude: nothing, stop: nothing };

/** k6 takes a second or two to start; more on a busy machine. */
const firstAnswerTimeoutMs = 30_000;

/** Both clocks are read at once; the machine's tells whole milliseconds, so that half of one is the most that this is off. */
function onRunClockOf(clock: Clock): OnRunClock {
  const aheadMs = clock.wallTime().getTime() + 0.5 - clock.nowMs();
  return (wallTimeMs) => wallTimeMs - aheadMs;
}

/** When the disturbance was sent, and when watching ended, as it becomes known. */
function windowOf({ subscribe }: TrafficContext['observer']) {
  const window = { fromMs: Infinity, toMs: Infinity };
  const stop = subscribe(({ type, atMs }: Observation) => {
    if (type === 'revision') Object.assign(window, { fromMs: Infinity, toMs: Infinity });
    if (type === 'disturbing') window.fromMs = Math.min(window.fromMs, atMs);
    if (type === 'watched') window.toMs = Math.min(window.toMs, atMs);
  });
  return { window, stop };
}

function notReached(url: string, why: string): ExplainedError {
  return new ExplainedError({
    what: `no request to ${url} was answered`,
    why,
    next: "the nodes' addresses must be reachable from this machine, as they are for containers on Linux; see docs/scenarios/availability.md",
  });
}

/** The clients of the iteration of an index; where the scenario has none, they do nothing. */
export function openTraffic(
  { traffic, observer, signal, onActivity }: TrafficContext,
  index: number,
): Traffic {
  if (traffic === undefined) return silent;
  const { load, program, lab, directory, clock } = traffic;
  const file = path.join(directory, `${index}.jsonl`);
  const { window, stop: stopWatching } = windowOf(observer);
  let url = '';
  let k6: StartedComponent | undefined;
  const untilAnswered = async ({ logFile }: StartedComponent): Promise<void> => {
    const isAnswered = async (): Promise<true | undefined> => (await hasSuccess(file)) || undefined;
    const options = { goal: 'an answer', timeoutMs: firstAnswerTimeoutMs, signal, everyMs: 100 };
    await waitUntil(isAnswered, options).catch(async (error: unknown) => {
      signal.throwIfAborted();
      throw error instanceof ExplainedError ? notReached(url, await endOfLog(logFile, 1)) : error;
    });
  };
  const stop = async (): Promise<void> => {
    stopWatching();
    await k6?.stop();
  };
  return {
    begin: async () => {
      if (k6 !== undefined) return;
      await mkdir(directory, { recursive: true });
      url = `http://${await addressOfNode(lab.access)}:${load.nodePort}${load.path}`;
      onActivity(`waiting for the first answer from ${url}`);
      k6 = await lab.run(k6Component({ ...load, program, url, outputFile: file, home: lab.directory }));
      await untilAnswered(k6);
    },
    conclude: async () => {
      await stop();
      const gathered = (await readRequests(file)).gathered(onRunClockOf(clock));
      observer.note({
        type: 'requests',
        url,
        perSecond: load.perSecond,
        ...summarizeRequests(gathered, window),
      });
      await compress(file);
    },
    stop,
  };
}
