import type { ExecutionContext } from 'ava';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExplainedError } from '../../common/explained-error.ts';
import { loadScenarios } from './load-scenarios.ts';

/** A directory of a user's, outside of the program's, with these files. It is removed after the test. */
export async function ownDirectory(
  t: ExecutionContext,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'own scenarios '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return directory;
}

/** What is told about a directory with these files, which is named `mine` in messages. */
export async function refusal(
  t: ExecutionContext,
  files: Readonly<Record<string, string>>,
): Promise<{ readonly says: string; readonly next: string; readonly exitCode: number }> {
  const directory = await ownDirectory(t, files);
  const error = await t.throwsAsync<ExplainedError>(loadScenarios(directory, 'mine', ['drift-recovery']), {
    name: 'ExplainedError',
  });
  return { says: error.message, next: error.next ?? '', exitCode: error.exitCode };
}
