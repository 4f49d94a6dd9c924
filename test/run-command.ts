import { execa } from 'execa';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import pLimit from 'p-limit';

const programDirectory = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Each takes a second of a core to start. */
const inTurn = pLimit(2);

interface Ending {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function isGroupAlive(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether all of a group ends soon: the helper of the TypeScript loader ends a moment after the program. */
async function endsSoon(leader: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!isGroupAlive(leader)) return true;
    await delay(50);
  }
  return false;
}

function environmentFor(directory: string, changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !name.startsWith('npm_') && !['INIT_CWD', 'FORCE_COLOR', 'GITHUB_STEP_SUMMARY'].includes(name),
  );
  const own = { XDG_DATA_HOME: path.join(directory, 'data'), XDG_CACHE_HOME: path.join(directory, 'cache') };
  return { ...Object.fromEntries(inherited), ...own, ...changes };
}

/** Runs the command line as a user does, with labs and a cache of its own; fails the test where it leaves a process. */
export async function runCommand(
  t: ExecutionContext,
  words: readonly string[],
  directory: string,
  changes: NodeJS.ProcessEnv = {},
): Promise<Ending> {
  return inTurn(async () => {
    const subprocess = execa(
      process.execPath,
      ['--import', 'tsx', path.join(programDirectory, 'cli.ts'), ...words],
      {
        cwd: programDirectory,
        env: environmentFor(directory, changes),
        extendEnv: false,
        reject: false,
        detached: true,
        stdin: 'ignore',
      },
    );
    const { pid = 0 } = subprocess;
    const { exitCode, stdout, stderr } = await subprocess;
    t.true(await endsSoon(pid), 'no process is left');
    return { exitCode, stdout, stderr };
  });
}
