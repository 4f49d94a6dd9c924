import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { createRun } from '../record/writer.ts';
import type { MadeUpRun } from './made-up-run.ts';

/** A directory that is removed after the test; its name has a space on purpose. */
export async function temporaryDirectory(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gitops lab-'));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Records a made-up run below `root` and returns its directory. */
export async function recordRun(root: string, { results, history }: MadeUpRun): Promise<string> {
  const startedAt = new Date(results.startedAt);
  const run = await createRun({ root, scenario: results.scenario.name, startedAt });
  history.forEach(run.observe);
  await run.finish(results);
  return run.directory;
}
