import test from 'ava';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { overallSchemaVersion, readOverall, saveOverall, type Overall } from '../../record/overall.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../testing/run-on-disk.ts';
import { renderOverall } from './render-overall.ts';

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

test('an overall report has the medians and features of its parts, and renders the same again', async (t) => {
  const root = await temporaryDirectory(t);
  const run = await recordRun(root, makeUpRun());
  const directory = join(root, 'all', 'one');
  await mkdir(directory, { recursive: true });
  const path = `../../drift-recovery/${basename(run)}`;
  const parts: Overall['parts'] = [
    { scenario: 'drift-recovery', status: 'complete', reason: '', run: path },
    { scenario: 'prune', status: 'failed', reason: 'etcd ended', run: '../../prune/gone' },
    { scenario: 'rollback', status: 'not-begun', reason: '', run: null },
  ];
  await saveOverall(directory, overallOf(parts));
  const { reportPath, notices } = await renderOverall(directory);
  const text = await readFile(reportPath, 'utf8');
  t.true(text.includes('**1 of 3 scenarios are complete, in 10 min 0 s.**'), text);
  t.regex(text, /\| edit-env \| not corrected \| \d+ ms \| Flux did not correct it \|/);
  t.regex(text, /edit-env \| no: not corrected within 5 min 0 s \(n = 6\) \| yes \(\d+ ms; n = 6\) \|/);
  t.true(text.includes(`(${path}/report.md)`));
  t.true(text.includes('prune: failed. etcd ended'));
  t.true(text.includes('rollback: not begun.'));
  t.is(notices.length, 1);
  await renderOverall(directory);
  t.is(await readFile(reportPath, 'utf8'), text);
});

test('a damaged record of an overall run is explained', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'overall.json'), '{"schemaVersion": 99}');
  await t.throwsAsync(readOverall(directory), { message: /is not as version 1 of an overall run demands/ });
});
