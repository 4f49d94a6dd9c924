import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { overallSchemaVersion, saveOverall, type Overall } from '../../record/overall.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { recordRun } from '../../testing/run-on-disk.ts';

function overallOf(parts: Overall['parts']): Overall {
  return {
    schemaVersion: overallSchemaVersion,
    status: 'failed',
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:14:05.000Z',
    totalMs: 600_000,
    seed: 7,
    commandLine: ['npm', 'run', 'scenario', '--', 'all'],
    parts,
  };
}

/** An overall run below `root` with a part that is complete, one that failed and whose run is gone, and one that was not begun. */
export async function recordOverall(
  root: string,
): Promise<{ readonly directory: string; readonly complete: string; readonly run: string }> {
  const run = await recordRun(root, makeUpRun());
  const directory = join(root, 'all', 'one');
  await mkdir(directory, { recursive: true });
  const complete = `../../drift-recovery/${basename(run)}`;
  await saveOverall(
    directory,
    overallOf([
      { scenario: 'drift-recovery', status: 'complete', reason: '', run: complete },
      { scenario: 'prune', status: 'failed', reason: 'etcd ended', run: '../../prune/gone' },
      { scenario: 'rollback', status: 'not-begun', reason: '', run: null },
    ]),
  );
  return { directory, complete, run };
}
