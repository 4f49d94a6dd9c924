import type { BrokenComponent } from '../lab.ts';
import type { ContainerEngine } from './container-engine.ts';

/** The containers that are the nodes of one lab. */
export interface NodeContainers {
  /** Settles when one ends before the signal, unless that was asked for here. */
  readonly untilOneEnds: (ending: AbortSignal) => Promise<BrokenComponent>;
  /** Kills all of them at once. Throws an explained error. */
  readonly kill: () => Promise<void>;
  /** Kills one at once; until it is back it may be away. Throws an explained error. */
  readonly powerOff: (name: string) => Promise<void>;
  /** Starts one that was killed. Throws an explained error. */
  readonly powerOn: (name: string) => Promise<void>;
  /** One is about to be removed; until it is back it may be away. */
  readonly isAway: (name: string) => void;
  /** One that was away runs again, or another in its place: from now on its end is told again. */
  readonly isBack: (name: string) => void;
}

/** The containers of these names, which run. */
export function nodeContainers({ run }: ContainerEngine, names: readonly string[]): NodeContainers {
  const away = new Set<string>();
  let watch: (name: string) => void = () => undefined;
  const isBack = (name: string): void => {
    if (away.delete(name)) watch(name);
  };
  return {
    untilOneEnds: async (ending) =>
      new Promise((resolve) => {
        const follow = async (name: string): Promise<void> => {
          const exitCode = await run(['wait', name], ending);
          if (ending.aborted || away.has(name)) return;
          resolve({ name, how: `the node ended with exit code ${exitCode.trim()}` });
        };
        watch = (name) => void follow(name).catch(() => undefined);
        names.forEach(watch);
      }),
    kill: async () => {
      const running = names.filter((name) => !away.has(name));
      if (running.length > 0) await run(['kill', ...running]);
    },
    powerOff: async (name) => {
      away.add(name);
      await run(['kill', name]);
    },
    powerOn: async (name) => {
      await run(['start', name]);
      isBack(name);
    },
    isAway: (name) => void away.add(name),
    isBack,
  };
}
