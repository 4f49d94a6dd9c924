import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { endingByItself } from '../typing.ts';
import type { Terminal } from './terminal.ts';

/** What came of a line. */
export interface TypedLine {
  readonly text: string;
  readonly exitCode: number;
  readonly tookMs: number;
  readonly said: string;
}

/** A line for the shell, which tells on its fourth stream with what the line ended. What the line sets, and where it goes, stays for the next. */
function reporting(line: string, file: string): string {
  return `{ ${endingByItself(line)}\n} < /dev/null > '${file}' 2>&1; echo $? >&3`;
}

/** Types the lines into one shell, whatever comes of each; yields what came of one as soon as it has ended. */
export async function* typeLines(
  lines: readonly string[],
  { checkout, environment, directory }: Terminal,
): AsyncGenerator<TypedLine> {
  const steps = lines.map((text, index) => ({ text, file: path.join(directory, `line-${index}`) }));
  const script = steps.map(({ text, file }) => reporting(text, file)).join('\n');
  const shell = execa('bash', ['-c', script], {
    cwd: checkout,
    env: environment,
    extendEnv: false,
    reject: false,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let began = performance.now();
  const endings = shell.iterable({ from: 'fd3' });
  for (const { text, file } of steps) {
    const ending = await endings.next();
    if (ending.done === true) break;
    const ended = performance.now();
    yield { text, exitCode: Number(ending.value), tookMs: ended - began, said: await readFile(file, 'utf8') };
    began = ended;
  }
  await shell;
}
