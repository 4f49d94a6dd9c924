import { awaitState } from './observer.ts';
import type { Neighbour, TrialContext } from './trial-context.ts';

/** A neighbour's engine reads the same repository at the same intervals, and has nothing to apply. */
const followTimeoutMs = 60_000;

/** What was seen of the neighbours from a moment on. */
interface NeighbourWatch {
  /** Waits until each has seen the same revision, and notes how many changes its objects went through. */
  readonly conclude: (revision: string) => Promise<void>;
  readonly stop: () => void;
}

function countChanges({ observer }: Neighbour): { readonly count: () => number; readonly stop: () => void } {
  let changes = 0;
  const stop = observer.subscribe(({ type }) => {
    if (type === 'object') changes += 1;
  });
  return { count: () => changes, stop };
}

/** Counts from now on what happens in the other labs that follow the same repository. */
export function watchNeighbours({ neighbours, observer, signal, waiting }: TrialContext): NeighbourWatch {
  const watched = neighbours().map((neighbour) => ({ neighbour, changes: countChanges(neighbour) }));
  return {
    conclude: async (revision) => {
      for (const { neighbour, changes } of watched) {
        const hasFollowed = (): boolean => {
          const { engine } = neighbour.observer.state();
          return engine?.isSettled === true && engine.revision === revision;
        };
        const options = { observer: neighbour.observer, timeoutMs: followTimeoutMs, signal };
        const isAtRevision = await waiting(awaitState(hasFollowed, options));
        const { environment } = neighbour;
        observer.note({ type: 'neighbour', environment, isAtRevision, changes: changes.count() });
      }
    },
    stop: () => {
      for (const { changes } of watched) changes.stop();
    },
  };
}
