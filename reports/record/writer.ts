import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { ExplainedError } from '../../common/explained-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { iterationsCsv } from './csv.ts';
import { setAsideTornLine } from './history.ts';
import { makeRunDirectory, pointLatestAt } from './run-directory.ts';
import { lockRun } from './run-lock.ts';
import type { Observation } from './observation.ts';
import type { Results } from './schema.ts';
import { explainWriteFailure } from './write-failure.ts';

interface RunPlace {
  /** The directory in which all runs lie: `reports/runs`, or what `--out` names. */
  readonly root: string;
  readonly scenario: string;
  readonly startedAt: Date;
}

/** A run that is being recorded. Every method throws an explained error where the disk refuses. */
export interface OpenRun {
  readonly directory: string;
  readonly logsDirectory: string;
  /** Appends one line to history.jsonl, in the order of the calls; it has been handed to the system on return. */
  readonly observe: (observation: Observation) => void;
  /** Puts the history so far, results.json and iterations.csv on the disk, and points `latest` at the run. */
  readonly saveIterations: (results: Results) => Promise<void>;
  /** Saves as `saveIterations` does, and closes the history. Nothing may be observed after it. */
  readonly finish: (results: Results) => Promise<void>;
}

/** Makes the directory ROOT/SCENARIO/START-TIME and opens its history. Throws an explained error where it can't. */
export async function createRun({ root, scenario, startedAt }: RunPlace): Promise<OpenRun> {
  return openRun(await makeRunDirectory(join(resolve(root), scenario), startedAt));
}

/**
 * Goes on with the run at `directory`, which has ended before its time: what it holds is kept, but for a last line of the
 * history that was cut off, which is set aside. Throws an explained error where another process still writes to it.
 */
export async function reopenRun(directory: string): Promise<OpenRun> {
  return openRun(directory);
}

async function openRun(directory: string): Promise<OpenRun> {
  const unlock = await lockRun(directory);
  const logsDirectory = join(directory, 'logs');
  await setAsideTornLine(join(directory, 'history.jsonl'));
  const history = openHistory(directory, logsDirectory);
  const oneAtATime = pLimit(1);
  const save = async (results: Results): Promise<void> => {
    history.flush();
    await writeAtomically(join(directory, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    await writeAtomically(join(directory, 'iterations.csv'), iterationsCsv(results.iterations));
    await pointLatestAt(directory);
  };
  return {
    directory,
    logsDirectory,
    observe: history.append,
    saveIterations: async (results) => oneAtATime(async () => save(results)),
    finish: async (results) =>
      oneAtATime(async () => {
        await save(results);
        history.close();
        await unlock();
      }),
  };
}

interface OpenHistory {
  readonly append: (observation: Observation) => void;
  readonly flush: () => void;
  readonly close: () => void;
}

function openHistory(directory: string, logsDirectory: string): OpenHistory {
  const path = join(directory, 'history.jsonl');
  const explained = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      throw explainWriteFailure(error, path);
    }
  };
  const file = explained(() => {
    mkdirSync(logsDirectory, { recursive: true });
    return openSync(path, 'a');
  });
  let failure: Error | undefined;
  return {
    append: (observation) => {
      // After a line that was cut off by a full disk, another one would make the history unreadable.
      if (failure !== undefined) throw failure;
      try {
        appendFileSync(file, `${JSON.stringify(observation)}\n`);
      } catch (error) {
        failure = explainWriteFailure(error, path);
        throw failure;
      }
    },
    flush: () => {
      explained(() => {
        fsyncSync(file);
      });
    },
    close: () => {
      closeSync(file);
      // The number of a closed file may soon be that of another one.
      failure = new ExplainedError({ what: `"${path}" is closed: the run has ended` });
    },
  };
}
