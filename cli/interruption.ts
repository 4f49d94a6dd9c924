import { exitCodes } from '../common/explained-error.ts';

/** `npm run` passes a Ctrl-C on that the terminal has sent to this process as well. */
const sameWithinMs = 500;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The wish of the user to stop. */
export interface Interruption {
  /** Aborted by the first Ctrl-C, or when the terminal or the reader of the output is gone. */
  readonly signal: AbortSignal;
  /** Stops as a Ctrl-C does, without saying so. */
  readonly interrupt: () => void;
}

interface InterruptionOptions {
  /** Tells the user that the program is stopping. */
  readonly announce: () => void;
  /** Ends all that runs at once, for a user who insists. */
  readonly endAtOnce: () => void;
}

/**
 * Watches for Ctrl-C until the process ends: the first one has everything unwind, a second one ends the process at once
 * with exit code 130. Signals that come together count as one.
 */
export function watchForInterruption({ announce, endAtOnce }: InterruptionOptions): Interruption {
  const controller = new AbortController();
  let firstAtMs: number | undefined;
  const interrupt = (): void => {
    controller.abort(new Error('interrupted'));
  };
  const onSignal = (): void => {
    if (firstAtMs === undefined) {
      firstAtMs = performance.now();
      // First, so that whoever draws on the terminal clears it for the announcement.
      interrupt();
      announce();
    } else if (performance.now() - firstAtMs > sameWithinMs) {
      endAtOnce();
      // Not by exit code alone: what still goes on must not go on.
      process.exit(exitCodes.interrupted);
    }
  };
  for (const name of signals) process.on(name, onSignal);
  return { signal: controller.signal, interrupt };
}
