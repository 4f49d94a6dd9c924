import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { endGroup, killGroup } from './end-group.ts';
import { recordProcess } from './ledger.ts';
import { identityOf } from './process-identity.ts';

/** What to run: a program that goes on until it is told to stop. Built by pure functions. */
export interface ComponentSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where what a component leaves behind goes. */
export interface ComponentPlace {
  readonly logDirectory: string;
  /** The file that names every started process; see ledger.ts. */
  readonly ledgerFile: string;
}

/** A running component. */
export interface StartedComponent {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended, with a few words on how; never rejects. */
  readonly ended: Promise<string>;
  /** True once `stop` was called: its end is then expected. */
  readonly isStopping: () => boolean;
  readonly stop: () => Promise<void>;
  /** Ends it at once and without a warning, as a crash does. Its end counts as expected. */
  readonly kill: () => Promise<void>;
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));

/** On Linux the kernel ends the process with the harness, even after `kill -9` (prctl(2), PR_SET_PDEATHSIG). */
function commandLine({ program, args }: ComponentSpec): [string, string[]] {
  if (process.platform !== 'linux' || setpriv === undefined) return [program, [...args]];
  return [setpriv, ['--pdeathsig', 'SIGKILL', '--', program, ...args]];
}

/** Only what programs need of the user's environment: no proxies, no KUBECONFIG, no Git settings. */
function baseEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'USER'];
  const given = kept.map((name) => [name, process.env[name] ?? ''] as const);
  // Logs of Kubernetes tell local time and no zone: they must read the same on every machine.
  return { ...Object.fromEntries(given.filter(([, value]) => value !== '')), TZ: 'UTC' };
}

function describeExit([code, signal]: [number | null, NodeJS.Signals | null]): string {
  return signal === null ? `it ended with exit code ${code ?? 'unknown'}` : `it was ended by ${signal}`;
}

/** Where the log of a component is. */
export function logFileOf(logDirectory: string, name: string): string {
  return path.join(logDirectory, `${name}.log`);
}

/**
 * Starts a component in a process group of its own, its output in LOG-DIRECTORY/NAME.log.
 * Returns when the process runs, not when it is ready. Throws an explained error where it can't be started.
 */
export async function startComponent(spec: ComponentSpec, place: ComponentPlace): Promise<StartedComponent> {
  const logFile = logFileOf(place.logDirectory, spec.name);
  const log = openSync(logFile, 'a', 0o600);
  const [program, args] = commandLine(spec);
  const subprocess = spawn(program, args, {
    // The program writes to the file itself: its output must not cost the harness any time.
    stdio: ['ignore', log, log],
    env: { ...baseEnvironment(), ...spec.environment },
    detached: true,
  });
  closeSync(log);
  const exit = once(subprocess, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = exit.then(describeExit, messageOf);
  const identity = subprocess.pid === undefined ? undefined : identityOf(subprocess.pid);
  if (identity === undefined) {
    throw new ExplainedError({
      what: `${spec.name} could not be started`,
      why: `${await ended}\n${await endOfLog(logFile)}`.trimEnd(),
      next: `see ${logFile}`,
    });
  }
  recordProcess(place.ledgerFile, { name: spec.name, ...identity });
  let isStopping = false;
  return {
    name: spec.name,
    pid: identity.pid,
    logFile,
    ended,
    isStopping: () => isStopping,
    stop: async () => {
      isStopping = true;
      await endGroup(identity);
      await ended;
    },
    kill: async () => {
      isStopping = true;
      killGroup(identity);
      await ended;
    },
  };
}

/** The last lines of a log, at most `lineCount`; empty where there is none. */
export async function endOfLog(logFile: string, lineCount = 12): Promise<string> {
  const tailBytes = 16_384;
  try {
    await using file = await open(logFile);
    const { size } = await file.stat();
    const start = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, start);
    return buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n').slice(-lineCount).join('\n');
  } catch {
    return '';
  }
}
