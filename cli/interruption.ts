import { exitCodes } from '../common/explained-error.ts';

/** `npm run` passes a Ctrl-C on that the terminal has sent to this process as well. */
const sameWithinMs = 500;

const signals = ['SIGINT', 'SIGTERM'] as const;

/** The wish of the user to stop. */
export interface Interruption {
  /** Aborted by the first Ctrl-C, or when the terminal or the reader of the output is gone. */
  readonly signal: AbortSignal;
  /** Stops as a Ctrl-C does, without saying so. */
  readonly interrupt: () => void;
  /** The reader of the output is gone: interrupts, unless a terminal that hung up is being outlived. */
  readonly loseOutput: () => void;
  /** From now on the program goes on when its terminal hangs up, as a run of many hours should. */
  readonly outliveTerminal: () => void;
}

interface InterruptionOptions {
  /** Tells the user that the program is stopping. */
  readonly announce: () => void;
  /** Ends all that runs at once, for a user who insists. */
  readonly endAtOnce: () => void;
  /** Whether the output goes to a terminal. */
  readonly isTerminal: () => boolean;
}

/**
 * Watches for Ctrl-C until the process ends: the first one has everything unwind, a second one ends the process at once
 * with exit code 130. Signals that come together count as one.
 */
export function watchForInterruption({ announce, endAtOnce, isTerminal }: InterruptionOptions): Interruption {
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
  let outlives = false;
  let hasHungUp = false;
  const onHangUp = (): void => {
    hasHungUp = true;
    if (!outlives) onSignal();
  };
  for (const name of signals) process.on(name, onSignal);
  process.on('SIGHUP', onHangUp);
  return {
    signal: controller.signal,
    interrupt,
    loseOutput: () => {
      // The terminal's end reaches the output before the signal reaches the process, or after it.
      if (!hasHungUp && !(outlives && isTerminal())) interrupt();
    },
    outliveTerminal: () => (outlives = true),
  };
}
