import { createWriteStream, existsSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { execa } from 'execa';

/** What to run, and where its output goes. */
export interface LoggedCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Both streams are appended to it. */
  readonly logFile: string;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

const keptLines = 15;
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));

/** On Linux the kernel ends the program with this process, even after `kill -9` (prctl(2), PR_SET_PDEATHSIG). */
function endingWithThisProcess(program: string, args: readonly string[]): [string, string[]] {
  if (process.platform !== 'linux' || setpriv === undefined) return [program, [...args]];
  return [setpriv, ['--pdeathsig', 'SIGKILL', '--', program, ...args]];
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

/**
 * Runs a program in a process group of its own until it ends, and ends the whole group on abort.
 * Returns whether it succeeded, and the last lines that it wrote. Throws the signal's reason on abort.
 */
export async function runLogged(command: LoggedCommand): Promise<{ isDone: boolean; lastLines: string[] }> {
  command.signal.throwIfAborted();
  const log = createWriteStream(command.logFile, { flags: 'a' });
  // A log that can't be written must not end the build; a full disk ends the build itself.
  const logEnd = finished(log).catch(() => undefined);
  log.write(`$ ${[command.program, ...command.args].join(' ')}\n`);
  const subprocess = execa(...endingWithThisProcess(command.program, command.args), {
    cwd: command.directory,
    env: command.environment,
    extendEnv: false,
    reject: false,
    detached: true,
    stdin: 'ignore',
    all: true,
    buffer: false,
  });
  const endGroup = (): void => {
    killGroup(subprocess.pid);
  };
  command.signal.addEventListener('abort', endGroup, { once: true });
  const lastLines: string[] = [];
  try {
    for await (const line of subprocess.iterable({ from: 'all' })) {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
      command.onLine(line);
    }
    const { failed } = await subprocess;
    command.signal.throwIfAborted();
    return { isDone: !failed, lastLines };
  } catch (error) {
    endGroup();
    await subprocess;
    command.signal.throwIfAborted();
    throw error;
  } finally {
    command.signal.removeEventListener('abort', endGroup);
    log.end();
    await logEnd;
  }
}
