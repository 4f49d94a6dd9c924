import test from 'ava';
import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped } from './documented/typing.ts';
import { runCommand } from './run-command.ts';
import { filesBelow, makePlace, patientProfile } from './support.ts';

const held = 'argocd.drift.*.timeToRestore.max < 10s';
const broken = 'flux.drift.edit-env.timeToRestore.p95 < 30s';
const open = 'flux.drift.edit-env.timeToRestore.p95 < 1h';

test('an old run is checked: 0 where each threshold holds', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const { exitCode, stdout } = await runCommand(t, ['report', recorded, '--threshold', held], directory);
  t.is(exitCode, 0);
  t.is(stdout.match(/^held: argocd\.drift\..*: measured \d+ ms in 6 iterations$/gm)?.length, 3);
  t.regex(stdout, /^thresholds: 3 of 3 held\.$/m);
  t.regex(await readFile(path.join(recorded, 'junit.xml'), 'utf8'), /tests="3" failures="0"/);
});

test('an old run is checked: 1 where one is broken, or not decided', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const both = await runCommand(
    t,
    ['report', recorded, '--threshold', held, '--threshold', broken],
    directory,
  );
  t.is(both.exitCode, 1);
  t.regex(both.stdout, /^broken: flux\.drift\.edit-env\..*: measured more than 5 min 0 s in 6 iterations/m);
  const undecided = await runCommand(t, ['report', recorded, '--threshold', open], directory);
  t.is(undecided.exitCode, 1);
  t.regex(undecided.stdout, /^not decided: flux\.drift\.edit-env\./m);
  t.regex(await readFile(path.join(recorded, 'junit.xml'), 'utf8'), /tests="1" failures="1"/);
});

test('the thresholds that a run was begun with are in its report, the same bytes each time', async (t) => {
  const directory = await temporaryDirectory(t);
  const { results, history } = makeUpRun();
  const plan = { ...results.plan, thresholds: [held, broken] };
  const recorded = await recordRun(directory, { results: { ...results, plan }, history });
  const first = await runCommand(t, ['report', recorded], directory);
  t.is(first.exitCode, 1);
  const files = await filesBelow(recorded);
  const report = files.get('report.md') ?? '';
  t.true(report.indexOf('## Thresholds') < report.indexOf('## What was measured'));
  t.regex(report, /\*\*3 of 4 held, 1 broken\.\*\*/);
  t.regex(report, /^\| `flux\.drift\.edit-env\.timeToRestore\.p95 < 30s` \| broken \| more than 5 min/m);
  const again = await runCommand(t, ['report', recorded], directory);
  t.is(again.stdout, first.stdout);
  t.deepEqual(await filesBelow(recorded), files);
  const other = await runCommand(t, ['report', recorded, '--threshold', held], directory);
  t.is(other.exitCode, 0, 'what is asked for stands in the place of what the run was begun with');
  t.is(await readFile(path.join(recorded, 'report.md'), 'utf8'), report);
});

test('in a job of GitHub, its page gets a summary, and one that can not be written is a warning', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const file = path.join(directory, 'summary.md');
  await writeFile(file, 'of a step before\n');
  const words = ['report', recorded, '--threshold', held];
  await runCommand(t, words, directory, { GITHUB_STEP_SUMMARY: file });
  const summary = await readFile(file, 'utf8');
  t.regex(summary, /^of a step before\n# gitops-lab: drift-recovery\n/);
  t.regex(summary, /^\*\*3 of 3 held\.\*\*$/m);
  const elsewhere = { GITHUB_STEP_SUMMARY: path.join(directory, 'none', 'summary.md') };
  const { exitCode, stderr } = await runCommand(t, words, directory, elsewhere);
  t.is(exitCode, 0);
  t.regex(stderr, /^warning: the summary for GitHub was not written: ENOENT/m);
});

test('what a run does not have can not be checked, and nothing is written', async (t) => {
  const directory = await temporaryDirectory(t);
  const recorded = await recordRun(directory, makeUpRun());
  const wrong = '*.drift.edit-envv.timeToRestore.p95 < 30s';
  const { exitCode, stderr } = await runCommand(t, ['report', recorded, '--threshold', wrong], directory);
  t.is(exitCode, 2);
  t.regex(stderr, /unknown disturbance "edit-envv"/);
  t.regex(stderr, /did you mean "edit-env"\?/);
  await t.throwsAsync(access(path.join(recorded, 'report.md')));
});

test('the thresholds of a profile are planned before those that are typed, and checked before anything is started', async (t) => {
  const directory = await temporaryDirectory(t);
  const file = path.join(directory, 'mine.yaml');
  const plan = async (...thresholds: string[]) => {
    const items = thresholds.map((text) => `  - '${text}'\n`).join('');
    await writeFile(file, `name: mine\nthresholds:\n${items}`);
    const flags = ['--profile', file, '--threshold', held, '--dry-run', '--json'];
    return runCommand(t, ['scenario', 'drift-recovery', ...flags], directory);
  };
  const { exitCode, stdout } = await plan(open, held);
  t.is(exitCode, 0);
  t.like(JSON.parse(stdout), { thresholds: [open, held] });
  const wrong = await plan('flux.drift.edit-env.timeToRestore.p99 < 1h');
  t.is(wrong.exitCode, 2);
  t.regex(wrong.stderr, /^error: threshold of profile mine 'flux\..*': unknown statistic "p99"/);
});

test.serial('a run that does not keep to a threshold ends with 1, and says why in every place', async (t) => {
  t.timeout(180_000);
  const place = await makePlace(t);
  const summary = path.join(place.directory, 'summary.md');
  const environment = { ...place.environment, GITHUB_STEP_SUMMARY: summary };
  const command = documented(
    "npm run scenario drift-recovery -- --threshold 'flux.drift.delete-deployment.timeToRestore.p95 < 30s'",
  );
  const flags = [
    '--engine=flux',
    '--only=delete-deployment',
    '--iterations=1',
    `--profile=${await patientProfile(place)}`,
    '--threshold=flux.drift.delete-deployment.timeToRestore.min > 1h',
    `--out=${place.runs}`,
  ];
  const typed = shortened(command, flags);
  const { exitCode, all } = await startTyped(t, { ...place, environment }, typed);
  t.is(exitCode, 1, all);
  t.regex(
    all,
    /^broken: flux\.drift\.delete-deployment\.timeToRestore\.min > 1h: measured .* in 1 iteration$/m,
  );
  const directory = path.join(place.runs, 'drift-recovery', 'latest');
  t.regex(await readFile(path.join(directory, 'report.md'), 'utf8'), /\*\*1 of 2 held, 1 broken\.\*\*/);
  t.regex(await readFile(path.join(directory, 'junit.xml'), 'utf8'), /<failure message="broken: flux\./);
  t.regex(await readFile(summary, 'utf8'), /\*\*1 of 2 held, 1 broken\.\*\*/);
});
