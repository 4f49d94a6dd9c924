import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { typed } from '../../cli/scenario/rest-of-series.ts';
import type { TestPlace } from '../support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Flags that say where a run goes and how little of it is made, or that stand in for somebody at a terminal. The rest of a command stays as documented. */
const shortening = [
  '--consent',
  '--engine',
  '--iterations',
  '--only',
  '--out',
  '--pace',
  '--profile',
  '--seed',
  '--threshold',
];

/**
 * A documented command with flags after it that make it shorter. Throws where a flag would change what is documented: one of another kind, or one
 * that the command has already, other than its number of iterations.
 */
export function shortened(command: string, flags: readonly string[]): string {
  const names = flags.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/s, ''));
  const given = command.split(/[ =]/);
  for (const name of names) {
    const isRaised = ['--iterations', '--threshold'].includes(name);
    if (!shortening.includes(name) || (given.includes(name) && !isRaised))
      throw new Error(`${name} makes something else of "${command}"`);
  }
  const needsDashes = /npm (?:run|start)/.test(command) && !command.includes(' -- ');
  return [command, ...(needsDashes && flags.length > 0 ? ['--'] : []), ...flags.map(typed)].join(' ');
}

/** What follows something never ends, and what waits for a key needs a terminal: both go by time instead. */
export function endingByItself(command: string): string {
  if (/ --(?:watch|follow)$/.test(command)) return `timeout 10 ${command} || [ $? = 124 ]`;
  const waits = / --(?:present|replay)\b/.test(command) && !command.includes(' --pace ');
  return waits ? shortened(command, ['--pace', '100ms']) : command;
}

/** The words that npm hands to the program: for tests that send signals to it, with no npm in between. */
export function wordsOf(command: string): string[] {
  const [, script = '', rest = ''] =
    /(?:npm run (?:--silent )?|npx gitops-lab )(\S+) ?(.*)$/.exec(command) ?? [];
  const words = [...rest.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, inner]) => inner ?? word);
  const dashes = words.indexOf('--');
  return [script, ...(dashes === -1 ? words : words.toSpliced(dashes, 1))];
}

/** Ends a process and those that it has started. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

function launch({ environment }: Pick<TestPlace, 'environment'>, command: string, cwd: string) {
  const program = execa('bash', ['-e', '-c', command], {
    cwd,
    env: environment,
    all: true,
    reject: false,
    stdin: 'ignore',
    detached: true,
  });
  return { program };
}

/** What was typed, while it goes on; what it said and its exit code once it has ended. */
type Typed = ReturnType<typeof launch>['program'];

/** Types a command into a shell, as somebody at a terminal in the checkout does. It is ended with the test where it has not ended by itself. */
export function startTyped(
  t: ExecutionContext,
  place: Pick<TestPlace, 'environment'>,
  command: string,
  cwd = root,
): Typed {
  const { program } = launch(place, command, cwd);
  t.teardown(() => {
    endGroup(program.pid);
  });
  return program;
}
