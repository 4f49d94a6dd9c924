import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

const pollMs = 20;

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function endsWithin(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollMs) {
    if (!isRunning(identity)) return true;
    await delay(pollMs);
  }
  return !isRunning(identity);
}

/**
 * Ends a process group by its leader: SIGTERM, and SIGKILL where it still runs after `graceMs`.
 * Polls, because the processes of an earlier run are not children of this one.
 */
export async function endGroup(leader: ProcessIdentity, graceMs = 5000): Promise<void> {
  if (!isRunning(leader)) return;
  signalGroup(leader.pid, 'SIGTERM');
  if (await endsWithin(leader, graceMs)) return;
  signalGroup(leader.pid, 'SIGKILL');
  await endsWithin(leader, graceMs);
}

/** Kills a process group by its leader at once. */
export function killGroup(leader: ProcessIdentity): void {
  if (isRunning(leader)) signalGroup(leader.pid, 'SIGKILL');
}
