import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { endRecorded } from '../process/ledger.ts';
import { socketNames, socketPathFor } from '../socket-path.ts';
import { removeLeftovers } from './leftovers.ts';
import { isRunning, type ProcessIdentity } from '../process/process-identity.ts';

const pollMs = 50;

/** An owner stops one component after the other, each with 5 s of grace. */
const unwindTimeoutMs = 45_000;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Has the owner unwind, and kills it where it doesn't. Only it is signalled: its group may be a user's shell. */
async function endOwner(owner: ProcessIdentity): Promise<void> {
  if (owner.pid === process.pid || !isRunning(owner)) return;
  signal(owner.pid, 'SIGTERM');
  for (let waitedMs = 0; isRunning(owner); waitedMs += pollMs) {
    if (waitedMs === unwindTimeoutMs) signal(owner.pid, 'SIGKILL');
    await delay(pollMs);
  }
}

/** Ends a lab's owner, which unwinds it, and then whatever of the lab still runs; the names of the latter. */
export async function endProcesses(ledgerFile: string, owner: ProcessIdentity): Promise<string[]> {
  await endOwner(owner);
  return endRecorded(ledgerFile);
}

/** Removes what of a lab outlives its processes, its directory, which its dying owner may be removing too, and the socket that may lie outside it. */
export async function removeDirectory(directory: string): Promise<void> {
  await removeLeftovers(directory);
  for (const name of socketNames) await rm(socketPathFor(directory, name), { force: true });
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
