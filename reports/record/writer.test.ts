import { readFile, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync, chmodSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { explainWriteFailure } from './write-failure.ts';
import { writeAtomically } from './atomic-file.ts';
import { createRun, reopenRun } from './writer.ts';

const startedAt = new Date('2026-11-21T06:30:00.123Z');
const scenario = 'drift-recovery';
const run = makeUpRun({ iterationsPerDisturbance: 1 });

test('a run lies under its scenario and start time; a second one of that second gets a suffix', async (t) => {
  const root = await temporaryDirectory(t);
  const first = await createRun({ root, scenario, startedAt });
  const second = await createRun({ root, scenario, startedAt });
  t.is(first.directory, join(root, scenario, '2026-11-21T06-30-00Z'));
  t.is(second.directory, `${first.directory}-2`);
  t.true(existsSync(first.logsDirectory));
});

test('every observation is in the file when observe returns, in order', async (t) => {
  const { directory, observe } = await createRun({ root: await temporaryDirectory(t), scenario, startedAt });
  for (const [index, observation] of run.history.entries()) {
    observe(observation);
    const lines = readFileSync(join(directory, 'history.jsonl'), 'utf8').trimEnd().split('\n');
    t.is(lines.length, index + 1);
    t.deepEqual(JSON.parse(lines.at(-1) ?? ''), observation);
  }
});

test('saves that overlap leave the files of the last one, whole', async (t) => {
  const { directory, saveIterations } = await createRun({
    root: await temporaryDirectory(t),
    scenario,
    startedAt,
  });
  const { iterations } = run.results;
  await Promise.all(
    iterations.map(async (_, index) =>
      saveIterations({ ...run.results, iterations: iterations.slice(0, index + 1) }),
    ),
  );
  t.deepEqual(JSON.parse(await readFile(join(directory, 'results.json'), 'utf8')), run.results);
  const rows = (await readFile(join(directory, 'iterations.csv'), 'utf8')).trimEnd().split('\r\n');
  t.is(rows.length, iterations.length + 1);
  t.deepEqual((await readdir(directory)).toSorted(), [
    '.lock',
    'history.jsonl',
    'iterations.csv',
    'logs',
    'results.json',
  ]);
});

test('a run that was broken off is gone on with after its last whole line', async (t) => {
  const root = await temporaryDirectory(t);
  const directory = await recordRun(root, run);
  const path = join(directory, 'history.jsonl');
  const whole = await readFile(path, 'utf8');
  await writeFile(path, `${whole}{"atMs":12,"eng`);
  const { observe, finish } = await reopenRun(directory);
  const [first] = run.history;
  if (first === undefined) throw new Error('the made-up history is empty');
  observe(first);
  await finish(run.results);
  t.is(await readFile(path, 'utf8'), `${whole}${JSON.stringify(first)}\n`);
  t.is(await readFile(join(directory, 'history.torn'), 'utf8'), '{"atMs":12,"eng\n');
  t.false(existsSync(join(directory, '.lock')), 'an ended run is not locked');
});

test('a run that is being written is not written by another process', async (t) => {
  t.timeout(30_000);
  const { directory } = await createRun({ root: await temporaryDirectory(t), scenario, startedAt });
  const error = await t.throwsAsync(reopenRun(directory), { instanceOf: ExplainedError });
  t.regex(error.message, /is being written by another process/);
});

test('latest points at the newest run, even when an older one ends later', async (t) => {
  const root = await temporaryDirectory(t);
  const older = await createRun({ root, scenario, startedAt });
  const newer = await createRun({ root, scenario, startedAt: new Date('2026-11-21T07:00:00Z') });
  await newer.finish(run.results);
  await older.finish(run.results);
  t.is(await readlink(join(root, scenario, 'latest')), basename(newer.directory));
});

test('a run that is killed is the latest from what it saved first', async (t) => {
  const root = await temporaryDirectory(t);
  await recordRun(root, run);
  const killed = await createRun({ root, scenario, startedAt: new Date('2026-11-22T07:00:00Z') });
  t.not(await readlink(join(root, scenario, 'latest')), basename(killed.directory), 'it has no results yet');
  await killed.saveIterations(run.results);
  t.is(await readlink(join(root, scenario, 'latest')), basename(killed.directory));
});

test('latest moves on to a newer run, and a dangling one is replaced', async (t) => {
  const root = await temporaryDirectory(t);
  mkdirSync(join(root, scenario));
  await symlink('2020-01-01T00-00-00Z', join(root, scenario, 'latest'));
  const directory = await recordRun(root, run);
  t.is(await readlink(join(root, scenario, 'latest')), basename(directory));
});

test('an output path that is a file is a wrong usage, and names the remedy', async (t) => {
  const root = join(await temporaryDirectory(t), 'a file');
  await writeFile(root, '');
  const error = await t.throwsAsync(createRun({ root, scenario, startedAt }), { instanceOf: ExplainedError });
  t.is(error.exitCode, exitCodes.wrongUsage);
  t.true(error.message.includes('a file'));
  t.true(error.next?.includes('--out'));
});

const unlessRoot = process.getuid?.() === 0 ? test.skip : test;

unlessRoot('a read-only output directory is explained', async (t) => {
  const root = await temporaryDirectory(t);
  chmodSync(root, 0o555);
  const error = await t.throwsAsync(createRun({ root, scenario, startedAt }), { instanceOf: ExplainedError });
  t.regex(error.why ?? '', /read-only/);
});

test('refusals of the disk are explained by what they are', (t) => {
  const whyOf = (code: string): string =>
    explainWriteFailure(Object.assign(new Error(`${code}: refused`), { code }), '/out').why ?? '';
  t.regex(whyOf('ENOSPC'), /disk is full/);
  t.regex(whyOf('EDQUOT'), /disk is full/);
  t.regex(whyOf('EROFS'), /read-only/);
  t.regex(whyOf('EACCES'), /read-only/);
  t.regex(whyOf('EMFILE'), /EMFILE: refused/);
});

test('a file that can not be replaced keeps its old text, and nothing is left beside it', async (t) => {
  const directory = await temporaryDirectory(t);
  const path = join(directory, 'results.json');
  mkdirSync(join(path, 'occupied'), { recursive: true });
  await t.throwsAsync(writeAtomically(path, 'new'), { instanceOf: ExplainedError });
  t.deepEqual(await readdir(directory), ['results.json']);
});

test('after a refused line the history takes no more, so that only its last line can be torn', async (t) => {
  const root = await temporaryDirectory(t);
  const { observe, finish } = await createRun({ root, scenario, startedAt });
  const [observation] = run.history;
  if (observation === undefined) throw new Error('the made-up run has no history');
  await finish(run.results);
  const first = t.throws(
    () => {
      observe(observation);
    },
    { instanceOf: ExplainedError },
  );
  t.is(
    t.throws(() => {
      observe(observation);
    }),
    first,
  );
});
