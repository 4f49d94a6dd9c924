import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { ExplainedError } from '../../common/explained-error.ts';
import type { WorkContext } from './work-context.ts';

/** A holder refreshes its lock every half of this; a lock older than this was left behind by a killed process. */
const staleMs = 10_000;
const retryMs = 200;

type LockContext = Pick<WorkContext, 'cache' | 'signal' | 'say'>;

function lostLock(name: string): ExplainedError {
  return new ExplainedError({
    what: `the lock on ${name} was lost`,
    why: 'another process took it, or this one was suspended for a while',
    next: 'run the command again',
  });
}

async function tryLock(
  name: string,
  { cache }: LockContext,
  onLost: () => void,
): Promise<(() => Promise<void>) | undefined> {
  const file = path.join(cache.locks, name);
  try {
    return await lock(file, { realpath: false, stale: staleMs, onCompromised: onLost });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}

async function waitForLock(
  name: string,
  context: LockContext,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const holderFile = path.join(context.cache.locks, `${name}.holder`);
  let hasSaidSo = false;
  for (;;) {
    context.signal.throwIfAborted();
    const release = await tryLock(name, context, onLost);
    if (release !== undefined) {
      await writeFile(holderFile, `${process.pid}\n`);
      return release;
    }
    if (!hasSaidSo) {
      const holder = await readFile(holderFile, 'utf8').catch(() => 'unknown');
      context.say(`${name} is being made by another run (process ${holder.trim()}); waiting for it`);
      hasSaidSo = true;
    }
    await delay(retryMs, undefined, { signal: context.signal });
  }
}

/**
 * Does `work` while no other process holds the lock `name` of this cache. Waits for as long as another holds it, and
 * says so once. `work` is given a signal that also aborts where the lock is lost.
 */
export async function withLock<Result>(
  name: string,
  context: LockContext,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  const release = await waitForLock(name, context, () => {
    lost.abort(lostLock(name));
  });
  try {
    return await work(AbortSignal.any([context.signal, lost.signal]));
  } finally {
    if (!lost.signal.aborted) await release();
  }
}
