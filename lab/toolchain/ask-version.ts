import { execa } from 'execa';
import type { ToolPin } from './pin.ts';

const patienceMs = 20_000;

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
}

/**
 * Asks a tool's program for its version, given its files (name -> path). Undefined where it can't say, or does not
 * run; `onFailure` is told why it does not run.
 */
export async function askVersion(
  { versionQuestion }: ToolPin,
  files: Readonly<Record<string, string>>,
  onFailure?: (why: string) => void,
): Promise<string | undefined> {
  const program = versionQuestion === undefined ? undefined : files[versionQuestion.file];
  if (versionQuestion === undefined || program === undefined) return undefined;
  const result = await execa(program, [...versionQuestion.args], {
    env: { ...versionQuestion.environment },
    reject: false,
    all: true,
    timeout: patienceMs,
    stdin: 'ignore',
  });
  if (result.failed) onFailure?.(lastLine(result.all) ?? result.shortMessage ?? 'it failed');
  return versionQuestion.answer.exec(result.all)?.[1];
}
