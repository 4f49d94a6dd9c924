import { readdirSync } from 'node:fs';
import path from 'node:path';
import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import { ownCommand } from '../../common/own-command.ts';
import { runningProcesses } from '../process/ledger.ts';
import { isRunning } from '../process/process-identity.ts';
import { endProcesses, removeDirectory } from './end-processes.ts';
import { homeAt, type LabHome } from './lab-home.ts';
import { ownIdentity, readMark, writeMark, type LabMark } from './mark.ts';
import { labsDirectory } from './place.ts';

/** A lab that was found on disk. */
export interface FoundLab {
  readonly home: LabHome;
  readonly mark: LabMark;
  /** False where the process that had it is gone: the lab is dead, and `endLab` removes it. */
  readonly isOwnerRunning: boolean;
}

/** Every lab of this user, by name; what is not ours is left out. */
export function listLabs(root = labsDirectory()): FoundLab[] {
  let names: string[];
  try {
    names = readdirSync(root).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const directory = path.join(root, name);
    const mark = readMark(directory);
    return mark === undefined
      ? []
      : [{ home: homeAt(directory), mark, isOwnerRunning: isRunning(mark.owner) }];
  });
}

/** The lab of a name. Throws an explained error with the nearest name where there is none. */
export function findLab(name: string, root = labsDirectory()): FoundLab {
  const labs = listLabs(root);
  const found = labs.find(({ home }) => home.name === name);
  if (found !== undefined) return found;
  const names = labs.map(({ home }) => home.name);
  throw wrongUsage(
    `there is no lab named "${name}"`,
    names.length === 0
      ? `there is none at all; ${ownCommand('lab', 'up')} starts one`
      : suggestName(name, names),
  );
}

/** Makes this process the owner of a lab that is there already, as the one that serves it in the background. */
export async function takeOverLab(name: string, root = labsDirectory()): Promise<LabHome> {
  const { home, mark } = findLab(name, root);
  await writeMark(home.directory, mark);
  return home;
}

/** Ends all that runs for a lab, its owner first, and keeps its directory; this process owns it then. */
export async function stopLab(name: string, root = labsDirectory()): Promise<LabHome> {
  const { home, mark } = findLab(name, root);
  await endProcesses(home.ledgerFile, mark.owner);
  return takeOverLab(name, root);
}

/**
 * Ends a lab: its owner, which unwinds it, then what is left of it, by process number and start time; then removes its directory.
 * The names of what had been left. Throws an explained error where there is no such lab.
 */
export async function endLab(name: string, root = labsDirectory()): Promise<string[]> {
  const { home, mark } = findLab(name, root);
  const left = await endProcesses(home.ledgerFile, mark.owner);
  await removeDirectory(home.directory);
  return left;
}

/** Kills at once, without waiting, all that runs in the labs of this process: for when the user insists. */
export function killOwnLabsNow(root = labsDirectory()): void {
  const self = ownIdentity();
  const own = listLabs(root).filter(
    ({ mark: { owner } }) => owner.pid === self.pid && owner.startedAt === self.startedAt,
  );
  for (const { pid } of own.flatMap(({ home }) => runningProcesses(home.ledgerFile))) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}
