import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

/** A process that can't be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the operating system writes it: clock ticks since boot on Linux, a date elsewhere. */
  readonly startedAt: string;
}

interface ProcessStatus {
  readonly state: string;
  readonly startedAt: string;
}

/** Fields of /proc/PID/stat behind the command name, which may itself hold blanks and brackets (proc(5)). */
function readProcStat(pid: number): ProcessStatus | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
}

function askPs(pid: number): ProcessStatus | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' ? undefined : { state: line.slice(0, 1), startedAt: line.slice(1).trim() };
  } catch {
    return undefined;
  }
}

function statusOf(pid: number): ProcessStatus | undefined {
  return process.platform === 'linux' ? readProcStat(pid) : askPs(pid);
}

/** The identity of a running process, or undefined where there is none; a zombie is none. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const status = statusOf(pid);
  if (status === undefined || status.state === 'Z') return undefined;
  return { pid, startedAt: status.startedAt };
}

/** Whether this very process still runs, and not another that was given its number. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identityOf(pid)?.startedAt === startedAt;
}
