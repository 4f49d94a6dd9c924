import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import path from 'node:path';
import type { TestPlace } from './support.ts';

/** Whether a program can be given a terminal here, by util-linux (https://man7.org/linux/man-pages/man1/script.1.html). */
async function hasTerminals(): Promise<boolean> {
  const { failed, stdout } = await execa('script', ['--version'], { reject: false });
  return !failed && stdout.includes('util-linux');
}

/** A test of the program at a terminal. Where none can be had, the summary says that it was skipped. */
export const withTerminals = (await hasTerminals()) ? test.serial : test.serial.skip;

/** The program at a terminal of its own; what the terminal is set to stands at the end of the output. */
export function startAtTerminal(
  t: ExecutionContext,
  place: TestPlace,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const command = [process.execPath, '--import=tsx', 'cli.ts', ...words].map((word) => `'${word}'`).join(' ');
  const shell = `stty rows 40 columns 120; ${command}; code=$?; stty -a; exit $code`;
  const program = execa('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    cwd: path.dirname(import.meta.dirname),
    env: { ...place.environment, CI: '', TERM: 'xterm-256color', ...environment },
    all: true,
    reject: false,
  });
  t.teardown(() => program.kill('SIGKILL'));
  return { program };
}
