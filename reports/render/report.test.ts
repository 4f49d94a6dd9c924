import { appendFile, cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { makeUpRun, type MadeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { renderRun } from './report.ts';

async function reportOf(t: ExecutionContext, run: MadeUpRun): Promise<string> {
  const { reportPath } = await renderRun(await recordRun(await temporaryDirectory(t), run));
  return readFile(reportPath, 'utf8');
}

async function allBytes(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(directory, { recursive: true }))
    .filter((name) => /\.(md|svg)$/.test(name))
    .toSorted();
  const texts = await Promise.all(names.map(async (name) => readFile(join(directory, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

test('rendering again, there or in a copy elsewhere, gives the same bytes', async (t) => {
  const root = await temporaryDirectory(t);
  const directory = await recordRun(root, makeUpRun());
  const { chartPaths } = await renderRun(directory);
  const first = await allBytes(directory);
  t.is(Object.keys(first).length, chartPaths.length + 1);
  t.is(chartPaths.length, 8);
  const copy = join(root, 'copy');
  await cp(directory, copy, { recursive: true });
  await renderRun(directory);
  await renderRun(copy);
  t.deepEqual(await allBytes(directory), first);
  t.deepEqual(await allBytes(copy), first);
  t.false(JSON.stringify(first).includes(root), 'no path of this machine');
});

test('the answer comes first, then its warnings, then the evidence', async (t) => {
  const report = await reportOf(t, makeUpRun());
  const headings = [...report.matchAll(/^#{1,2} (.*)$/gm)].map(([, text]) => text?.split(':')[0]);
  t.deepEqual(headings, [
    'drift-recovery',
    'What was measured',
    'Results',
    'What each engine can do',
    'Prediction',
    'Charts',
    'Slowest iterations',
    'Machine and provenance',
    'Effective configuration',
    'Resource use',
    'What the run cost',
    'All iterations',
    'Method',
    'How to repeat it',
  ]);
  t.regex(report.split('\n')[2] ?? '', /^\*\*Argo CD restored faster than Flux after 2 of 3/);
  t.regex(report, /Before you quote this.*\n>\n> - Pods are simulated/);
});

test('a machine that was busy when the run began is warned of', async (t) => {
  const { results, history } = makeUpRun();
  const { machine } = results.provenance;
  const reportAt = async (loadAverageAtStart: number) => {
    const provenance = { ...results.provenance, machine: { ...machine, loadAverageAtStart } };
    const run = { results: { ...results, provenance }, history };
    const { reportPath } = await renderRun(await recordRun(await temporaryDirectory(t), run));
    return readFile(reportPath, 'utf8');
  };
  t.notRegex(await reportAt(machine.cores), /The machine was busy/);
  t.regex(
    await reportAt(machine.cores * 1.5),
    /Before you quote this[^]*The machine was busy .* 1\.5 for each core/,
  );
});

test('every chart that the report shows is there, and none besides', async (t) => {
  const directory = await recordRun(await temporaryDirectory(t), makeUpRun());
  await mkdir(join(directory, 'charts'));
  await writeFile(join(directory, 'charts', 'timeline-gone.svg'), 'of an earlier rendering');
  await writeFile(join(directory, 'charts', 'mine.svg'), 'of the user');
  const { reportPath } = await renderRun(directory);
  const shown = [...(await readFile(reportPath, 'utf8')).matchAll(/\]\(charts\/(.*?)\)/g)].map(
    ([, name]) => name,
  );
  t.deepEqual([...shown, 'mine.svg'].toSorted(), (await readdir(join(directory, 'charts'))).toSorted());
});

test('tables hold their columns whatever stands in a cell', async (t) => {
  const reason = 'a | b <script> *c* `d` [e](f)\nsecond line';
  const run = makeUpRun({ change: (iteration) => ({ ...iteration, verdict: 'invalid', reason }) });
  const report = await reportOf(t, run);
  const rows = report.split('\n').filter((line) => line.includes('second line'));
  t.is(rows.length, run.results.iterations.length);
  t.true(rows.every((row) => row.replaceAll('\\|', '').split('|').length === 9));
  t.notRegex(report, /[^\\]<script>/);
});

test('a run that is not complete, not clean, or has notices says so before its figures', async (t) => {
  const { results, history } = makeUpRun();
  const provenance = {
    ...results.provenance,
    isClean: false,
    notices: ['The controllers are not one release.'],
  };
  const report = await reportOf(t, {
    results: { ...results, provenance, status: 'failed', statusReason: 'etcd ended' },
    history,
  });
  const [opening = ''] = report.split('## What was measured');
  t.regex(opening, /It was failed: etcd ended\./);
  t.regex(opening, /working tree had changes/);
  t.regex(opening, /not one release/);
});

test('real pods need no warning', async (t) => {
  const { results, history } = makeUpRun();
  const lab = { ...results.lab, provider: 'kind', podsAreSimulated: false };
  t.notRegex(await reportOf(t, { results: { ...results, lab }, history }), /Before you quote/);
});

test('images that are not the published ones are named, and warned of', async (t) => {
  const { results, history } = makeUpRun();
  const standIns = ['ghcr.io/fluxcd/source-controller:v1.9.5'];
  const lab = {
    ...results.lab,
    provider: 'kind',
    podsAreSimulated: false,
    enginesRunAs: 'pods' as const,
    standIns,
  };
  const report = await reportOf(t, { results: { ...results, lab }, history });
  t.regex(report, /Some images are not the published ones/);
  t.regex(
    report,
    /Images made here *\| *ghcr\.io\/fluxcd\/source-controller:v1\.9\.5: of the programs in Versions/,
  );
  t.regex(report, /Engines run as *\| *pods in the cluster/);
});

test('an empty run renders', async (t) => {
  const report = await reportOf(t, makeUpRun({ iterationsPerDisturbance: 0, disturbances: [] }));
  t.regex(report, /Not enough data: no measured iteration was valid\./);
  t.regex(report, /There is no valid iteration to draw\./);
  t.notRegex(report, /NaN|undefined|Infinity/);
});

test('a run without any engine renders', async (t) => {
  t.regex(await reportOf(t, makeUpRun({ engines: [] })), /No engine was measured\./);
});

test('a run of one engine has no comparison', async (t) => {
  const report = await reportOf(t, makeUpRun({ engines: ['argocd'] }));
  t.regex(report, /Argo CD was measured alone/);
  t.notRegex(report, /Hodges-Lehmann|Flux/);
});

test('a run of one disturbance renders', async (t) => {
  const report = await reportOf(t, makeUpRun({ disturbances: ['scale-up'] }));
  t.regex(report, /after 1 of 1 disturbance\./);
});

test('a run whose iterations are all invalid shows each with its reason', async (t) => {
  const run = makeUpRun({
    change: (iteration) => ({ ...iteration, verdict: 'invalid', reason: 'the engine was busy' }),
  });
  const report = await reportOf(t, run);
  t.is(report.split('the engine was busy').length - 1, run.results.iterations.length);
  t.regex(report, /Not enough data/);
  t.notRegex(report, /NaN|undefined|Infinity/);
});

test('censored samples are shown as bounds, never as figures', async (t) => {
  const report = await reportOf(t, makeUpRun());
  t.regex(report, /\| edit-env \| Flux \| 6 \(6 censored\) \| not corrected \(more than 5 min 0 s\) \|/);
  t.notRegex(report, /NaN|undefined|Infinity/);
});

test('iterations that were watched for less than others took are explained, and so is where the median comes from', async (t) => {
  const restored = { timeToReadyMs: null, timeToSettleMs: null, watchedForMs: 300 };
  const run = makeUpRun({
    disturbances: ['scale-up'],
    change: (iteration) =>
      iteration.index % 3 === 0
        ? { ...iteration, ...restored, verdict: 'censored', timeToDetectMs: null, timeToRestoreMs: null }
        : iteration,
  });
  const report = await reportOf(t, run);
  t.regex(report, /nobody knows which of them is longer/);
  t.regex(report, /\| scale-up \| Flux \| 6 \(2 censored\) \| [^|]+ \(Kaplan-Meier\) \|/);
  t.regex(report, /Kaplan-Meier median/);
  t.regex(report, /!\[[^\]]*\]\(charts\/kaplan-meier\.svg\)/);
  t.notRegex(await reportOf(t, makeUpRun()), /nobody knows|\(Kaplan-Meier\)/);
  t.notRegex(await reportOf(t, makeUpRun({ engines: ['argocd'] })), /kaplan-meier\.svg/);
});

test('a torn history is rendered with a notice', async (t) => {
  const directory = await recordRun(await temporaryDirectory(t), makeUpRun());
  await appendFile(join(directory, 'history.jsonl'), '{"type": "eng');
  const { reportPath } = await renderRun(directory);
  t.regex(await readFile(reportPath, 'utf8'), /last line of history\.jsonl was cut off/);
});

test('a report that can not be written is explained', async (t) => {
  const directory = await recordRun(await temporaryDirectory(t), makeUpRun({ iterationsPerDisturbance: 0 }));
  await rm(join(directory, 'charts'), { recursive: true, force: true });
  await writeFile(join(directory, 'charts'), 'a file in the way');
  await t.throwsAsync(renderRun(directory), { instanceOf: ExplainedError, message: /can't write/ });
});

/** A run in which one iteration of Argo CD took long, with a log that says why. */
async function runWithOutlier(t: ExecutionContext): Promise<string> {
  const noon = Date.parse('2026-01-02T12:00:00Z');
  const run = makeUpRun({
    engines: ['argocd'],
    disturbances: ['scale-up'],
    change: (iteration) => ({ ...iteration, timeToRestoreMs: iteration.index === 4 ? 9000 : 300 }),
  });
  const slow = run.results.iterations.find(({ index }) => index === 4);
  const zeroMs = slow?.disturbedAtMs ?? 0;
  const machine = {
    type: 'machine',
    engine: 'argocd',
    trial: 1,
    iteration: 1,
    atMs: 0,
    wallTimeMs: noon,
    loadAverage: 0,
    cores: 2,
    stealShare: null,
    heldUpMs: 0,
  } as const;
  const directory = await recordRun(await temporaryDirectory(t), {
    results: run.results,
    history: [machine, ...run.history],
  });
  const logs = join(directory, 'logs', 'argocd');
  await mkdir(logs, { recursive: true });
  const line = (offsetMs: number, text: string): string =>
    `time="${new Date(noon + zeroMs + offsetMs).toISOString()}" level=warning msg="${text}"\n`;
  const lines = [line(-60_000, 'long ago'), line(200, 'Skipping auto-sync: <retrying> in 8s')];
  await writeFile(join(logs, 'argocd-application-controller.log'), lines.join(''));
  await writeFile(join(logs, 'kube-apiserver.log'), line(300, 'of every lab'));
  return directory;
}

test('an outlier is explained by what was logged meanwhile, the same each time', async (t) => {
  const directory = await runWithOutlier(t);
  await renderRun(directory);
  const first = await allBytes(directory);
  const section = /## Slowest iterations(.*?)\n## /s.exec(first['report.md'] ?? '')?.[1] ?? '';
  t.deepEqual(section.match(/<summary>.*<\/summary>/g), [
    '<summary>Argo CD, iteration 4: scale-up</summary>',
  ]);
  t.regex(section, /Restored after 9\.00 s; the median of its arm is 300 ms/);
  t.regex(
    section,
    /\+0\.200 s {2}! log:argocd-application-controller {2}warning: Skipping auto-sync: <retrying> in 8s/,
  );
  t.regex(section, /── restored/);
  t.notRegex(section, /long ago|of every lab/);
  await renderRun(directory);
  t.deepEqual(await allBytes(directory), first);
});

test('where no iteration is slower than the others, the report says so', async (t) => {
  const change: NonNullable<Parameters<typeof makeUpRun>[0]>['change'] = (iteration) => ({
    ...iteration,
    verdict: 'valid',
    timeToRestoreMs: 300,
  });
  t.regex(await reportOf(t, makeUpRun({ change })), /## Slowest iterations\n\n.*There is none\.\n\n## /);
});
