import type { Keys, Key } from './keys.ts';

/** How a pause ended: by a key, or by its time. */
export type PauseEnd = Key | 'time';

interface PauseOptions {
  readonly keys: Pick<Keys, 'listen'>;
  /** The keys that end it; all others leave it as it is. */
  readonly until: readonly Key[];
  /** After this it ends by itself; it does not where it is left out. */
  readonly forMs?: number | undefined;
  readonly signal: AbortSignal;
}

/** The longest that a timer takes (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args); nobody talks for three weeks. */
const longestMs = 2 ** 31 - 1;

/** Waits for one of some keys, or for its time. Rejects with the abort reason when aborted. */
export async function pause({ keys, until, forMs = longestMs, signal }: PauseOptions): Promise<PauseEnd> {
  signal.throwIfAborted();
  return new Promise<PauseEnd>((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      unlisten();
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const end = (how: PauseEnd): void => {
      finish(() => {
        resolve(how);
      });
    };
    const onAbort = (): void => {
      finish(() => {
        reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
      });
    };
    const unlisten = keys.listen((key) => {
      if (until.includes(key)) end(key);
    });
    const timer = setTimeout(() => {
      end('time');
    }, forMs);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
