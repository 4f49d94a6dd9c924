import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { readRun } from '../record/reader.ts';
import type { Results } from '../record/schema.ts';
import { renderRun } from '../render/report.ts';
import { makeUpRun, type MadeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { mergeRuns } from './merge-runs.ts';

const now = new Date('2026-02-03T04:05:06.000Z');
const commandLine = ['npm', 'run', 'report', '--', 'merge'];

/** A shard that began so many minutes after the first. */
function shard(minute: number, change: (results: Results) => Results = (results) => results): MadeUpRun {
  const { results, history } = makeUpRun({ seed: minute, iterationsPerDisturbance: 2 });
  const startedAt = new Date(Date.parse(results.startedAt) + minute * 60_000).toISOString();
  return { results: change({ ...results, startedAt }), history };
}

interface Place {
  readonly root: string;
  readonly merge: (...shards: MadeUpRun[]) => Promise<string>;
}

async function place(t: ExecutionContext): Promise<Place> {
  const root = await temporaryDirectory(t);
  return {
    root,
    merge: async (...shards) => {
      const directories = [];
      for (const one of shards) directories.push(await recordRun(join(root, 'shards'), one));
      return mergeDirectories(root, directories);
    },
  };
}

async function mergeDirectories(root: string, directories: readonly string[]): Promise<string> {
  const inputs = [];
  for (const name of directories) inputs.push({ name: basename(name), ...(await readRun(name)) });
  return mergeRuns(inputs, { root: join(root, 'merged'), commandLine, now });
}

async function refusal(merging: Promise<unknown>, t: ExecutionContext): Promise<ExplainedError> {
  const error = await t.throwsAsync(merging, { instanceOf: ExplainedError });
  t.is(error.exitCode, exitCodes.wrongUsage);
  return error;
}

test('shards become one run, whose iterations and trials are numbered on', async (t) => {
  const { merge } = await place(t);
  const [first, second] = [shard(1), shard(2)];
  const { results, history } = await readRun(await merge(second, first));
  t.is(results.startedAt, first.results.startedAt);
  t.is(results.iterations.length, first.results.iterations.length + second.results.iterations.length);
  for (const engine of results.plan.engines) {
    const own = results.iterations.filter((iteration) => iteration.engine === engine);
    t.deepEqual(
      own.map(({ index }) => index),
      own.map((_, position) => position + 1),
    );
    t.deepEqual([...new Set(own.map(({ trial }) => trial))], [1, 2]);
    t.deepEqual(
      results.engines.find((record) => record.engine === engine)?.trials.map(({ trial }) => trial),
      [1, 2],
    );
  }
  t.is(results.plan.iterationsPerDisturbance, 4);
  t.is(results.cost.totalMs, 2 * first.results.cost.totalMs);
  t.is(history.length, first.history.length + second.history.length);
  const told = results.iterations.map(({ engine, trial, index }) => `${engine} ${trial} ${index}`);
  const seen = history.map(({ engine, trial, iteration }) => `${engine} ${trial} ${iteration}`);
  t.deepEqual([...new Set(seen)].toSorted(), told.toSorted(), 'the history goes by the new numbers');
});

test('each shard keeps its provenance, and the report names the machine of each', async (t) => {
  const { merge } = await place(t);
  const elsewhere = shard(2, (results) => ({
    ...results,
    provenance: {
      ...results.provenance,
      machine: { ...results.provenance.machine, processor: 'Another one' },
    },
  }));
  const directory = await merge(shard(1), elsewhere);
  const { results } = await readRun(directory);
  t.deepEqual(
    results.shards?.map(({ provenance }) => provenance.seed),
    [1, 2],
  );
  t.deepEqual(results.shards?.[1]?.provenance, elsewhere.results.provenance);
  t.true(results.provenance.notices.includes('The shards were made on 2 different machines.'));
  const { reportPath } = await renderRun(directory);
  const report = await readFile(reportPath, 'utf8');
  t.regex(report, /\| 1 \|.*\| Made-up processor,/);
  t.regex(report, /\| 2 \|.*\| Another one,/);
  t.regex(report, /# shard 2, seed 2\n.*--seed 2\n/);
  t.regex(report, /\| Seed \| 1, 2 \|/);
});

test('the files of a merged run are those of any run, logs under the new names of the trials', async (t) => {
  const { root } = await place(t);
  const directories = [];
  for (const one of [shard(1), shard(2)]) {
    const directory = await recordRun(join(root, 'shards'), one);
    await mkdir(join(directory, 'logs', 'flux'));
    await writeFile(join(directory, 'logs', 'flux', 'etcd.log'), `of ${one.results.startedAt}`);
    directories.push(directory);
  }
  const directory = await mergeDirectories(root, directories);
  t.is(basename(directory), '2026-02-03T04-05-06Z');
  t.is(basename(dirname(directory)), 'drift-recovery');
  t.deepEqual((await readdir(directory)).toSorted(), [
    'history.jsonl',
    'iterations.csv',
    'logs',
    'results.json',
  ]);
  t.is(
    await readFile(join(directory, 'logs', 'flux-2', 'etcd.log'), 'utf8'),
    `of ${shard(2).results.startedAt}`,
  );
});

test('a merged run is merged with one more, and its shards stay apart', async (t) => {
  const { root, merge } = await place(t);
  const two = await merge(shard(1), shard(2));
  const third = await recordRun(join(root, 'shards'), shard(3));
  const { results } = await readRun(await mergeDirectories(root, [third, two]));
  t.deepEqual(
    results.shards?.map(({ provenance, engines }) => [
      provenance.seed,
      ...engines.map(({ trialsBefore, iterationsBefore }) => `${trialsBefore} ${iterationsBefore}`),
    ]),
    [
      [1, '0 0', '0 0'],
      [2, '1 7', '1 7'],
      [3, '2 14', '2 14'],
    ],
  );
});

test('an interrupted shard is taken, and the merged run is not complete', async (t) => {
  const { merge } = await place(t);
  const cut = shard(2, (results) => ({
    ...results,
    status: 'interrupted',
    statusReason: 'stopped by the user',
  }));
  const { results } = await readRun(await merge(shard(1), cut));
  t.is(results.status, 'interrupted');
  t.is(results.statusReason, '1 of its 2 shards is not complete');
  t.true(
    results.provenance.notices.includes('Shard 2 is not complete. It was interrupted: stopped by the user'),
  );
});

test('shards of the same seed are taken with a notice', async (t) => {
  const { merge } = await place(t);
  const same = shard(2, (results) => ({ ...results, provenance: { ...results.provenance, seed: 1 } }));
  const { results } = await readRun(await merge(shard(1), same));
  t.true(
    results.provenance.notices.some((notice) => notice.startsWith('Shards 1 and 2 have the same seed, 1')),
  );
});

test('the same run twice is refused, copied, or as a shard of a merged one', async (t) => {
  const { root, merge } = await place(t);
  t.regex((await refusal(merge(shard(1), shard(1)), t)).message, /is the same run as/);
  const two = await merge(shard(2), shard(3));
  const copy = await recordRun(join(root, 'copies'), shard(3));
  t.regex((await refusal(mergeDirectories(root, [two, copy]), t)).message, /or a part of it/);
  t.deepEqual(await readdir(join(root, 'merged', 'drift-recovery')), ['2026-02-03T04-05-06Z', 'latest']);
});

const strangers: Readonly<Record<string, readonly [(results: Results) => Results, RegExp]>> = {
  scenario: [
    (results) => ({ ...results, scenario: { ...results.scenario, name: 'rollback' } }),
    /the scenario differs: drift-recovery, and rollback/,
  ],
  'a setting of the profile': [
    (results) => ({
      ...results,
      profile: { ...results.profile, settings: { ...results.profile.settings, intervalMs: 1 } },
    }),
    /the setting intervalMs of the profile differs: 10000, and 1/,
  ],
  'the version of an engine': [
    (results) => ({
      ...results,
      engines: results.engines.map((record) => ({ ...record, version: `${record.version}-rc` })),
    }),
    /the version of flux differs: v2\.9\.5, and v2\.9\.5-rc; the version of argocd differs/,
  ],
  'the lab': [
    (results) => ({ ...results, lab: { ...results.lab, provider: 'kind', podsAreSimulated: false } }),
    /the lab differs: embedded, and kind; whether pods are simulated differs: true, and false/,
  ],
  'the thresholds': [
    (results) => ({ ...results, plan: { ...results.plan, thresholds: ['*.*.*.timeToReady.max < 1m'] } }),
    /the list of thresholds differs: none, and \*\.\*\.\*\.timeToReady\.max < 1m/,
  ],
};

for (const [what, [change, says]] of Object.entries(strangers)) {
  test(`another run is refused, naming what differs: ${what}`, async (t) => {
    const { root, merge } = await place(t);
    const error = await refusal(merge(shard(1), shard(2, change)), t);
    t.regex(error.message, /is no shard of the same run as/);
    t.regex(error.why ?? '', says);
    t.deepEqual(await readdir(root), ['shards'], 'nothing was written');
  });
}

test('numbers of iterations and ports of a lab may differ', async (t) => {
  const { merge } = await place(t);
  const withPort = (port: number) => (results: Results) => ({
    ...results,
    profile: { ...results.profile, settings: { ...results.profile.settings, iterations: port } },
    engines: results.engines.map((record) => ({
      ...record,
      settings: [{ name: 'registry', value: `127.0.0.1:${port}/web`, readFrom: 'the cluster' }],
    })),
  });
  await t.notThrowsAsync(merge(shard(1, withPort(1234)), shard(2, withPort(5678))));
});

test('one run alone, a calibration, and a run without iterations are refused', async (t) => {
  const { root, merge } = await place(t);
  const only = await recordRun(join(root, 'one'), shard(9));
  t.regex((await refusal(mergeDirectories(root, [only]), t)).message, /one run alone/);
  const empty = shard(2, (results) => ({ ...results, iterations: [] }));
  t.regex((await refusal(merge(shard(1), empty), t)).message, /holds no iteration/);
});
