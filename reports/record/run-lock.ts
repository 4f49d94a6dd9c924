import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { ExplainedError } from '../../common/explained-error.ts';
import { codeOf, explainWriteFailure } from './write-failure.ts';

/** Refreshed while a run is written; one that is older was left behind by a process that was killed. */
const staleMs = 10_000;

/**
 * Keeps other processes from writing to the run at `directory` until the returned function is called. Waits for the
 * lock of a killed process to grow old. Throws an explained error where another process goes on writing.
 */
export async function lockRun(directory: string): Promise<() => Promise<void>> {
  try {
    return await lock(directory, {
      lockfilePath: join(directory, '.lock'),
      stale: staleMs,
      retries: { retries: (staleMs + 2000) / 1000, minTimeout: 1000, factor: 1 },
      // The history's own write errors tell of a disk that is gone; a lost lock alone must not end a run.
      onCompromised: () => undefined,
    });
  } catch (error) {
    if (codeOf(error) !== 'ELOCKED') throw explainWriteFailure(error, directory);
    throw new ExplainedError({
      what: `the run at "${directory}" is being written by another process`,
      next: 'wait for it to end, or stop it with Ctrl-C',
    });
  }
}
