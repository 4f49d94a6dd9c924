import { createWriteStream } from 'node:fs';
import type { GenericContainer, StartedTestContainer } from 'testcontainers';
import { recordLeftover } from '../home/leftovers.ts';
import type { ContainerEngine } from './container-engine.ts';

/** A container as testcontainers describes it, which is still to be started. */
type Described<Started extends StartedTestContainer> = GenericContainer & {
  readonly start: () => Promise<Started>;
};

interface OwnContainerOptions<Started extends StartedTestContainer> {
  readonly engine: ContainerEngine;
  readonly home: { readonly directory: string };
  /** What it is called; no other container of the engine may have that name. */
  readonly name: string;
  /** Where its output goes. */
  readonly logFile: string;
  readonly container: Described<Started>;
}

/** A container that belongs to a lab, and is removed with it. */
interface OwnContainer<Started extends StartedTestContainer> {
  /** Starts it. Throws what testcontainers throws, or the signal's reason. */
  readonly start: (signal: AbortSignal) => Promise<Started>;
  /** Removes it with its volumes, even one that is just being started. Throws an explained error. */
  readonly remove: () => Promise<void>;
}

/**
 * A container of a lab. It is written down as a leftover before it is made; so no reaper is needed, which would be one more image to pull, and a
 * container with the engine's socket and a port on all interfaces (https://github.com/testcontainers/moby-ryuk).
 */
export function ownContainer<Started extends StartedTestContainer>(
  options: OwnContainerOptions<Started>,
): OwnContainer<Started> {
  const { engine, home, name, logFile, container } = options;
  const removal = ['rm', '--force', '--volumes', name];
  let starting: Promise<Started> | undefined;
  return {
    start: async (signal) => {
      signal.throwIfAborted();
      recordLeftover(home, {
        what: `the container ${name}`,
        program: engine.name,
        args: removal,
        environment: {},
      });
      container.withName(name).withAutoCleanup(false);
      container.withLogConsumer((output) =>
        output.pipe(createWriteStream(logFile, { flags: 'a', mode: 0o600 })),
      );
      starting = container.start();
      const aborted = new Promise<never>((_, reject) => {
        const refuse = (): void => {
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', refuse, { once: true });
      });
      return Promise.race([starting, aborted]);
    },
    remove: async () => {
      await engine.run(removal);
      // One that was being made meanwhile fails to start now, or is there after all.
      await starting?.catch(() => undefined);
      await engine.run(removal);
    },
  };
}
