import { setTimeout as delay } from 'node:timers/promises';
import { ExplainedError, messageOf } from './explained-error.ts';
import { formatDuration } from './duration.ts';

interface WaitOptions {
  /** What is waited for, as it reads after "waited for": `the API server to be ready`. */
  readonly goal: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
  /** Settles early, with a reason, when waiting has become pointless. */
  readonly hopeless?: Promise<string>;
}

/**
 * Asks `probe` until it gives a value; what it throws counts as "not yet" and is told at the time-out.
 * Throws an explained error at the time-out or once waiting is hopeless, and the abort reason when aborted.
 * For what the API server tells by itself, watch instead.
 */
export async function waitUntil<T>(probe: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const { goal, timeoutMs, signal, everyMs = 25 } = options;
  const deadline = performance.now() + timeoutMs;
  let lastFailure = 'it gave no answer yet';
  let hopeless: string | undefined;
  void options.hopeless?.then((reason) => (hopeless = reason));
  for (;;) {
    signal.throwIfAborted();
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      lastFailure = messageOf(error);
    }
    if (hopeless !== undefined)
      throw new ExplainedError({ what: `waited in vain for ${goal}`, why: hopeless });
    if (performance.now() > deadline) {
      throw new ExplainedError({
        what: `waited ${formatDuration(timeoutMs)} in vain for ${goal}`,
        why: lastFailure,
      });
    }
    // The next round throws the abort reason, which the delay would hide behind an error of its own.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
