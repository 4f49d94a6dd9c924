import test from 'ava';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { recordOverall } from '../reports/render/overall/overall-for-tests.ts';
import { runCommand } from './run-command.ts';

test('a foreign directory, a damaged record, and one of another schema version are refused', async (t) => {
  const directory = await temporaryDirectory(t);
  const report = async (text?: string) => {
    if (text !== undefined) await writeFile(path.join(directory, 'results.json'), text);
    return runCommand(t, ['report', directory], directory);
  };
  const foreign = await report();
  t.is(foreign.exitCode, 2);
  t.regex(foreign.stderr, /is not a run of gitops-lab/);
  const damaged = await report('{"schemaVersion": 1,');
  t.is(damaged.exitCode, 1);
  t.regex(damaged.stderr, /is not JSON/);
  const later = await report('{"schemaVersion": 99}');
  t.is(later.exitCode, 1);
  t.regex(later.stderr, /has schema version 99, and this program reads version \d+/);
  t.deepEqual(await readdir(directory), ['results.json']);
});

test('a run in a directory with a space is rendered, the same bytes each time', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(path.join(directory, 'my runs'), makeUpRun());
  const first = await runCommand(t, ['report', path.join(recorded, 'results.json')], directory);
  t.is(first.exitCode, 0, first.stderr);
  t.true(first.stdout.includes(path.join(recorded, 'report.md')));
  const text = await readFile(path.join(recorded, 'report.md'));
  const again = await runCommand(t, ['report', path.dirname(recorded) + '/latest'], directory);
  t.is(again.stdout, first.stdout);
  t.deepEqual(await readFile(path.join(recorded, 'report.md')), text);
});

test('one form of a report alone is written where it is asked for, and an unknown one refused', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const before = await readdir(recorded);
  const render = async (...words: string[]) => runCommand(t, ['report', ...words], directory);
  for (const wrong of [[recorded], ['compare', recorded, recorded]]) {
    const { exitCode, stderr } = await render(...wrong, '--format', 'htm');
    t.is(exitCode, 2);
    t.regex(stderr, /unknown format "htm"[^]*html/);
  }
  const into = await render(recorded, '--format', 'html', '--into', path.join(directory, 'RESULTS.md'));
  t.is(into.exitCode, 2);
  t.regex(into.stderr, /--into puts Markdown into a document, and no html/);
  t.deepEqual(await readdir(recorded), before);
  const page = await render(recorded, '--format', 'html');
  t.is(page.exitCode, 0, page.stderr);
  t.deepEqual((await readdir(recorded)).toSorted(), [...before, 'report.html'].toSorted());
  t.notRegex(page.stdout, /report\.md/);
  const text = await render(recorded, '--format', 'markdown');
  t.regex(text.stdout, /report\.md\n/);
  t.notRegex(text.stdout, /report\.html/);
});

test('an overall run is rendered as Markdown and as a page', async (t) => {
  const directory = await temporaryDirectory(t);
  const { directory: overall } = await recordOverall(directory);
  const { stdout, exitCode, stderr } = await runCommand(t, ['report', overall], directory);
  t.is(exitCode, 0, stderr);
  t.regex(stdout, /^1 of 3 scenarios are complete/);
  t.true(stdout.includes(`report: ${path.join(overall, 'report.html')}, and report.md beside it`));
  t.true((await readdir(overall)).includes('report.html'));
});

test('the timeline of an iteration is shown, as text or as JSON, and writes nothing', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const before = await readdir(recorded);
  const show = async (...words: string[]) =>
    runCommand(t, ['report', recorded, '--iteration', ...words], directory);
  const text = await show('flux/2');
  t.is(text.exitCode, 0, text.stderr);
  t.regex(text.stdout, /^Flux, iteration 2: delete-deployment \(measured, valid; trial 1\)/);
  const both = await show('2', '--json');
  const timelines = JSON.parse(both.stdout) as { iteration: { engine: string; index: number } }[];
  t.deepEqual(
    timelines.map(({ iteration }) => `${iteration.engine}/${iteration.index}`),
    ['flux/2', 'argocd/2'],
  );
  const none = await show('flux/99');
  t.is(none.exitCode, 2);
  t.regex(none.stderr, /no iteration flux\/99[^]*flux\/1 to flux\/19/);
  t.deepEqual(await readdir(recorded), before);
});

/** A run that began so many minutes after the others, with times to restore that are so much longer. */
function laterRun(minute: number, longerMs = 0): ReturnType<typeof makeUpRun> {
  const run = makeUpRun({
    seed: minute,
    change: (iteration) =>
      iteration.timeToRestoreMs === null
        ? iteration
        : { ...iteration, timeToRestoreMs: iteration.timeToRestoreMs + longerMs },
  });
  const startedAt = new Date(Date.parse(run.results.startedAt) + minute * 60_000).toISOString();
  return { ...run, results: { ...run.results, startedAt } };
}

test('runs are compared, and a regression ends with exit code 1 where that is asked for', async (t) => {
  const directory = await temporaryDirectory(t);
  const before = await recordRun(path.join(directory, 'my runs'), laterRun(1));
  const slower = await recordRun(path.join(directory, 'my runs'), laterRun(2, 60_000));
  const compare = async (...words: string[]) => runCommand(t, ['report', 'compare', ...words], directory);
  const shown = await compare(before, slower);
  t.is(shown.exitCode, 0, shown.stderr);
  t.regex(shown.stdout, /^B against A: \d+ regressions/);
  const place = `report: ${path.join(slower, 'compare.html')}, and compare.md beside it`;
  t.true(shown.stdout.includes(place), 'it lies beside the last run');
  const gate = await compare(
    before,
    slower,
    '--fail-on',
    'regression',
    '--json',
    '--out',
    path.join(directory, 'out'),
  );
  t.is(gate.exitCode, 1);
  const { changes } = JSON.parse(gate.stdout) as { changes: { verdict: string }[] };
  t.true(changes.some(({ verdict }) => verdict === 'regression'));
  t.deepEqual(await readdir(path.join(directory, 'out')), ['charts', 'compare.html', 'compare.md']);
  const page = await compare(before, slower, '--format', 'html', '--out', path.join(directory, 'page'));
  t.regex(page.stdout, /^report: .*page\/compare\.html$/m);
  t.deepEqual(await readdir(path.join(directory, 'page')), ['compare.html']);
  const faster = await compare(slower, before, '--fail-on', 'regression');
  t.is(faster.exitCode, 0, faster.stderr);
  const tolerant = await compare(before, slower, '--fail-on', 'regression', '--minimum', '10m');
  t.is(tolerant.exitCode, 0, tolerant.stderr);
});

test('a merged run is rendered and compared, and can not be gone on with', async (t) => {
  const directory = await temporaryDirectory(t);
  const [first, second, other] = [
    await recordRun(path.join(directory, 'runs'), laterRun(1)),
    await recordRun(path.join(directory, 'runs'), laterRun(2)),
    await recordRun(path.join(directory, 'runs'), laterRun(3)),
  ];
  const merged = await runCommand(t, ['report', 'merge', first, second, '--out', directory], directory);
  t.is(merged.exitCode, 0, merged.stderr);
  const run = path.join(directory, 'drift-recovery', 'latest');
  t.regex(merged.stdout, /notice: This run is merged from 2 shards/);
  t.regex(await readFile(path.join(run, 'report.md'), 'utf8'), /The shards that this run was merged from/);
  const resumed = await runCommand(t, ['scenario', '--resume', run], directory);
  t.is(resumed.exitCode, 2);
  t.regex(resumed.stderr, /a merged run can't be gone on with/);
  const compared = await runCommand(t, ['report', 'compare', other, run], directory);
  t.is(compared.exitCode, 0, compared.stderr);
  t.regex(compared.stdout, /Merged from +– +2 shards/);
  const twice = await runCommand(t, ['report', 'merge', run, first, '--out', directory], directory);
  t.is(twice.exitCode, 2);
  t.regex(twice.stderr, /is the same run as/);
});

test('what engines can do goes into a document between its markers, by the runs that are named', async (t) => {
  const directory = await temporaryDirectory(t);
  const run = await recordRun(directory, makeUpRun());
  const features = async (...words: string[]) => runCommand(t, ['report', 'features', ...words], directory);
  const document = path.join(directory, 'FEATURES.md');
  const made = await features(run, '--into', document);
  t.is(made.exitCode, 0, made.stderr);
  t.regex(made.stdout, /FEATURES\.md: made/);
  const text = await readFile(document, 'utf8');
  t.regex(text, /<!-- gitops-lab: features begin -->.*\| Shown by.*<!-- gitops-lab: features end -->/s);
  t.regex((await features(run, '--into', document)).stdout, /FEATURES\.md: not changed/);
  t.is((await features(run)).stdout.trim().split('\n')[0], '| Feature | Flux | Argo CD | Shown by |');
  await writeFile(document, '# Ours\n');
  const without = await features(run, '--into', document);
  t.is(without.exitCode, 2);
  t.regex(without.stderr, /does not say where the features go/);
  t.is(await readFile(document, 'utf8'), '# Ours\n');
});
