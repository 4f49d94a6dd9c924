import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, exitCodes, messageOf } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { isRunning } from '../process/process-identity.ts';
import { endProcesses, removeDirectory } from './end-processes.ts';
import { readMark, writeMark } from './mark.ts';
import { demandLabName, labsDirectory } from './place.ts';

/** The directory of one lab, readable by its user alone. */
export interface LabHome {
  readonly name: string;
  readonly directory: string;
  readonly logDirectory: string;
  /** Names every process of the lab; see process/ledger.ts. */
  readonly ledgerFile: string;
  /** Holds the lab's bare repositories. */
  readonly gitDirectory: string;
  /** Removes the directory; what runs must have been stopped. A second call does nothing. */
  readonly release: () => Promise<void>;
}

interface NewLabHome {
  readonly name: string;
  /** What the lab is for, in a few words that lists show: `lab up, Flux`. */
  readonly runs: string;
  /** The directory of all labs, unless a test has its own. */
  readonly root?: string;
}

/** The home at a directory that is there. */
export function homeAt(directory: string): LabHome {
  return {
    name: path.basename(directory),
    directory,
    logDirectory: path.join(directory, 'logs'),
    ledgerFile: path.join(directory, 'processes.jsonl'),
    gitDirectory: path.join(directory, 'git'),
    release: async () => removeDirectory(directory),
  };
}

function cannotMake(directory: string, error: unknown): ExplainedError {
  return new ExplainedError({
    what: `no lab can be made at ${directory}`,
    why: messageOf(error),
    next: 'make that directory writable, or set XDG_DATA_HOME to one that is',
    cause: error,
  });
}

/** Makes a whole home under a name of its own, so that a half-made one is never found under the lab's. */
async function prepare(root: string, { name, runs }: NewLabHome): Promise<string> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    const directory = await mkdtemp(path.join(root, `.${name}-`));
    const { logDirectory, gitDirectory } = homeAt(directory);
    await mkdir(logDirectory, { mode: 0o700 });
    await mkdir(gitDirectory, { mode: 0o700 });
    await writeMark(directory, { name, runs, createdAt: new Date().toISOString() });
    return directory;
  } catch (error) {
    throw cannotMake(path.join(root, name), error);
  }
}

async function moveTo(prepared: string, directory: string): Promise<boolean> {
  try {
    await rename(prepared, directory);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false;
    throw cannotMake(directory, error);
  }
}

/** Clears a name that a lab has whose owner is dead. Throws an explained error where it is another's. */
async function clearDead(directory: string): Promise<void> {
  const name = path.basename(directory);
  const mark = readMark(directory);
  if (mark === undefined) {
    throw new ExplainedError({
      what: `${directory} is in the way`,
      why: 'it is no lab of gitops-lab, so it is left alone',
      next: 'move it away, or choose another name',
    });
  }
  if (isRunning(mark.owner)) {
    throw new ExplainedError({
      what: `a lab named "${name}" runs already`,
      why: `process ${mark.owner.pid} has it since ${mark.createdAt} (${mark.runs})`,
      next: `choose another name, or end it: ${ownCommand('lab', 'down', name)}`,
      exitCode: exitCodes.wrongUsage,
    });
  }
  await endProcesses(homeAt(directory).ledgerFile, mark.owner);
  await removeDirectory(directory);
}

/**
 * Makes the home of a new lab that belongs to this process. A lab of that name whose owner is dead is ended and removed.
 * Throws an explained error where such a lab runs, the name can't be one, or the directory can't be made.
 */
export async function createLabHome(lab: NewLabHome): Promise<LabHome> {
  demandLabName(lab.name);
  const root = lab.root ?? labsDirectory();
  const directory = path.join(root, lab.name);
  const prepared = await prepare(root, lab);
  try {
    while (!(await moveTo(prepared, directory))) await clearDead(directory);
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
  return homeAt(directory);
}
