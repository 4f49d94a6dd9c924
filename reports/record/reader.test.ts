import { appendFile, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { readRun } from './reader.ts';

const run = makeUpRun({ iterationsPerDisturbance: 1 });

async function recorded(t: ExecutionContext): Promise<string> {
  return recordRun(await temporaryDirectory(t), run);
}

async function refusal(t: ExecutionContext, path: string, root?: string): Promise<ExplainedError> {
  return t.throwsAsync(readRun(path, root), { instanceOf: ExplainedError });
}

test('a run reads back as it was written, by its directory, its results.json and its link', async (t) => {
  const directory = await recorded(t);
  const expected = { directory, ...run, notices: [] };
  t.deepEqual(await readRun(directory), expected);
  t.deepEqual(await readRun(join(directory, 'results.json')), expected);
  t.deepEqual(await readRun(join(dirname(directory), 'latest')), expected);
});

test('the bare word latest is the newest run of all scenarios', async (t) => {
  const root = await temporaryDirectory(t);
  await recordRun(root, run);
  const newer = {
    ...run,
    results: {
      ...run.results,
      startedAt: '2026-05-05T00:00:00.000Z',
      scenario: { ...run.results.scenario, name: 'a' },
    },
  };
  const newest = await recordRun(root, newer);
  t.is((await readRun('latest', root)).directory, newest);
});

test('a path where nothing is', async (t) => {
  const error = await refusal(t, join(await temporaryDirectory(t), 'nowhere'));
  t.regex(error.message, /there is no run at/);
  t.is(error.exitCode, exitCodes.wrongUsage);
});

test('no latest run yet', async (t) => {
  t.regex((await refusal(t, 'latest', await temporaryDirectory(t))).message, /no latest run/);
});

test('a link to a run that was removed', async (t) => {
  const directory = await recorded(t);
  await rm(directory, { recursive: true });
  t.regex((await refusal(t, join(dirname(directory), 'latest'))).message, /points at a run that is gone/);
});

test('a foreign directory, and a foreign file', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'notes.txt'), 'hello');
  t.regex((await refusal(t, directory)).message, /not a run of gitops-lab/);
  t.regex((await refusal(t, join(directory, 'notes.txt'))).message, /is a file, not a run/);
});

test('the directory of all runs of a scenario leads to its latest', async (t) => {
  const scenario = dirname(await recorded(t));
  t.true((await refusal(t, scenario)).next?.includes(join(scenario, 'latest')));
});

test('a run that ended before it saved anything', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'history.jsonl'), '');
  t.regex((await refusal(t, directory)).why ?? '', /before its first iteration/);
});

test('results.json that is not JSON', async (t) => {
  const directory = await recorded(t);
  await truncate(join(directory, 'results.json'), 100);
  const error = await refusal(t, directory);
  t.regex(error.message, /is not JSON/);
  t.is(error.exitCode, exitCodes.failed);
});

test('results.json of something else', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'results.json'), '[]');
  t.regex((await refusal(t, directory)).message, /not the results of a gitops-lab run/);
});

test('results.json of another schema version names both versions and the release to use', async (t) => {
  const directory = await recorded(t);
  await writeFile(
    join(directory, 'results.json'),
    '{"schemaVersion": 99, "provenance": {"version": "9.8.7"}}',
  );
  const error = await refusal(t, directory);
  t.regex(error.message, /schema version 99, and this program reads version 5/);
  t.regex(error.next ?? '', /gitops-lab 9\.8\.7/);
});

for (const schemaVersion of [2, 3, 4]) {
  test(`results of version ${schemaVersion} are read as if they had nothing of what was added since`, async (t) => {
    const directory = await recorded(t);
    const file = join(directory, 'results.json');
    const { figures: added, ...scenario } = run.results.scenario;
    t.deepEqual(added, []);
    const iterations = run.results.iterations.map(({ figures: none, ...iteration }) => {
      t.deepEqual(none, {});
      return iteration;
    });
    await writeFile(file, JSON.stringify({ ...run.results, schemaVersion, scenario, iterations }));
    t.deepEqual((await readRun(directory)).results, run.results);
  });
}

test('results.json with a wrong field says which', async (t) => {
  const directory = await recorded(t);
  const path = join(directory, 'results.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"verdict": "valid"', '"verdict": "fine"'));
  t.regex((await refusal(t, directory)).why ?? '', /iterations\[0\]\.verdict/);
});

test('results.json that can not be read', async (t) => {
  const directory = await temporaryDirectory(t);
  await mkdir(join(directory, 'results.json'));
  t.regex((await refusal(t, directory)).message, /can't read/);
});

test('a torn last line of the history is set aside with a notice', async (t) => {
  const directory = await recorded(t);
  await appendFile(join(directory, 'history.jsonl'), '{"atMs": 12, "eng');
  const { history, notices } = await readRun(directory);
  t.deepEqual(history, run.history);
  t.regex(notices.join(), /cut off/);
});

test('a last line that only lacks its line break counts', async (t) => {
  const directory = await recorded(t);
  const path = join(directory, 'history.jsonl');
  await writeFile(path, (await readFile(path, 'utf8')).trimEnd());
  const { history, notices } = await readRun(directory);
  t.deepEqual([history.length, notices.length], [run.history.length, 0]);
});

test('a damaged line within the history is told by its number', async (t) => {
  const directory = await recorded(t);
  const path = join(directory, 'history.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, lines.with(1, '{"type": "unheard-of"}').join('\n'));
  t.regex((await refusal(t, directory)).message, /line 2 /);
  await writeFile(path, lines.with(2, 'torn').join('\n'));
  t.regex((await refusal(t, directory)).message, /line 3 /);
});

test('a missing history is told, not fatal', async (t) => {
  const directory = await recorded(t);
  await rm(join(directory, 'history.jsonl'));
  t.regex((await readRun(directory)).notices.join(), /history\.jsonl is missing/);
});

test('a link in a loop is explained', async (t) => {
  const path = join(await temporaryDirectory(t), 'loop');
  await symlink(path, path);
  t.regex((await refusal(t, path)).message, /can't read/);
});
