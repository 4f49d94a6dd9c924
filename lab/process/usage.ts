import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process has used since it started, and holds now. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** The kernel's clock ticks per second that /proc shows: 100 on every Linux that Node supports (proc(5), USER_HZ). */
const ticksPerSecond = 100;

async function readProc(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const residentKib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    memoryBytes: residentKib * 1024,
  };
}

function secondsOf(psTime: string): number {
  return psTime.split(/[:-]/).reduce((total, part) => total * 60 + Number(part), 0);
}

async function askPs(pid: number): Promise<Usage> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'time=,rss=', '-p', String(pid)]);
  const [time = '0', kib = '0'] = stdout.trim().split(/\s+/);
  return { cpuSeconds: secondsOf(time), memoryBytes: Number(kib) * 1024 };
}

/** CPU time and resident memory of a process, or undefined where it has ended. */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  try {
    return await (process.platform === 'linux' ? readProc(pid) : askPs(pid));
  } catch {
    return undefined;
  }
}
