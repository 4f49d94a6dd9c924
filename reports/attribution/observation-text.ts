import { formatDuration } from '../../common/duration.ts';
import type { Observation } from '../record/observation.ts';

type FactOf<Type extends Observation['type']> = Extract<Observation, { type: Type }>;

/** What an object looked like, in a few words: `Deployment/web modified: 2/3 ready`. */
export function objectText(observation: FactOf<'object'>): string {
  const { object, event, summary, differsFromGit, isTerminating } = observation;
  const state = [
    ...(summary === '' ? [] : [summary]),
    ...(isTerminating && event !== 'DELETED' ? ['being deleted'] : []),
    ...(differsFromGit.length === 0 ? [] : [`differs in ${differsFromGit.join(', ')}`]),
  ];
  return `${object} ${event.toLowerCase()}${state.length === 0 ? '' : `: ${state.join('; ')}`}`;
}

/** A Kubernetes Event, in one sentence. */
export function eventText({ object, reason, message, component, count }: FactOf<'event'>): string {
  const times = count === 1 ? '' : `, ${count} times by now`;
  return `${object} ${reason}: ${message} (${component}${times})`;
}

/** A notification as it arrived, in a few words. */
export function notificationText({ object, reason, outcome, revision }: FactOf<'notification'>): string {
  const what = outcome === 'other' ? '' : `, which means ${outcome}`;
  return `told of ${object}: ${reason}${what}${revision === '' ? '' : `, at ${revision.slice(0, 7)}`}`;
}

/** What became of the requests of clients: `1 of 600 requests failed; the longest gap 40 ms`. */
export function requestsText({ sent, failed, gaps }: FactOf<'requests'>): string {
  const longestMs = Math.max(0, ...gaps.map(({ fromMs, toMs }) => toMs - fromMs));
  const longest = gaps.length === 0 ? '' : `; the longest gap ${formatDuration(longestMs)}`;
  return `${failed} of ${sent} requests failed${longest}`;
}

/** A step of a runbook that has ended: `kubectl get namespace shop (run, 120 ms)`. */
export function stepText({ step, what, machineMs }: FactOf<'runbook-step'>): string {
  return step === 'decide' ? `decided: ${what}` : `${what} (${step}, ${formatDuration(machineMs)})`;
}

/** Below these a reading of the machine explains nothing. */
const worthTelling = { heldUpMs: 100, stealShare: 0.05 };

/** What a reading of the machine says that can explain a delay; empty where that is nothing. */
export function machineText({ heldUpMs, stealShare }: FactOf<'machine'>): string {
  return [
    ...(heldUpMs < worthTelling.heldUpMs
      ? []
      : [`the harness was held up for ${formatDuration(heldUpMs)} since the last reading`]),
    ...(stealShare === null || stealShare < worthTelling.stealShare
      ? []
      : [`the host took ${Math.round(stealShare * 100)} % of the processor time`]),
  ].join('; ');
}

/** Drops what tells nothing new: what looks as it did the last time that there was something of the same `key`. */
export function withoutRepetition<Told>(
  told: readonly Told[],
  describe: (one: Told) => { readonly key: string; readonly look: string },
): Told[] {
  const lastLook = new Map<string, string>();
  return told.filter((one) => {
    const { key, look } = describe(one);
    if (lastLook.get(key) === look) return false;
    lastLook.set(key, look);
    return true;
  });
}
