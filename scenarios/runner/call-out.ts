import type { StartedEngine } from '../../lab/engines/engine.ts';
import type { Observer } from './observer.ts';

/** A call that goes on beside the watching. */
export interface Call {
  /** Aborted, with the error as its reason, when who was called can't go on. */
  readonly failed: AbortSignal;
  /** Ends what still goes on. */
  readonly end: () => Promise<void>;
}

/** What of a trial a call needs. */
interface Caller {
  readonly engine: Pick<StartedEngine, 'byHand'>;
  readonly observer: Pick<Observer, 'note'>;
  readonly signal: AbortSignal;
}

/** Tells whoever recovers by hand what happened; nobody where an engine has to notice by itself. Every step is recorded. */
export function callOut({ engine, observer, signal }: Caller, disturbance: string): Call {
  const failure = new AbortController();
  const ending = new AbortController();
  const work = engine.byHand?.callOut(disturbance, {
    signal: AbortSignal.any([signal, ending.signal]),
    onStep: (step) => {
      observer.note({ type: 'runbook-step', ...step });
    },
  });
  const ended = work?.catch((error: unknown) => {
    failure.abort(error);
  });
  return {
    failed: failure.signal,
    end: async () => {
      ending.abort();
      await ended;
    },
  };
}
