import type { BrokenComponent } from '../lab.ts';
import type { ContainerEngine } from './container-engine.ts';

/** The containers that are the nodes of one lab. */
export interface NodeContainers {
  /** Settles when one ends before the signal. */
  readonly untilOneEnds: (ending: AbortSignal) => Promise<BrokenComponent>;
  /** Kills all of them at once. Throws an explained error. */
  readonly kill: () => Promise<void>;
}

/** The containers of these names, which run. */
export function nodeContainers({ run }: ContainerEngine, names: readonly string[]): NodeContainers {
  return {
    untilOneEnds: async (ending) =>
      new Promise((resolve) => {
        const watch = async (name: string): Promise<void> => {
          const exitCode = await run(['wait', name], ending);
          if (!ending.aborted) resolve({ name, how: `the node ended with exit code ${exitCode.trim()}` });
        };
        for (const name of names) watch(name).catch(() => undefined);
      }),
    kill: async () => {
      await run(['kill', ...names]);
    },
  };
}
