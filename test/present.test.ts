import test from 'ava';
import path from 'node:path';
import { wasLeftOut } from '../reports/record/left-out.ts';
import { readRun } from '../reports/record/reader.ts';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped } from './documented/typing.ts';
import { runCommand } from './run-command.ts';
import { startAtTerminal, withTerminals } from './terminals.ts';
import {
  filesBelow,
  labNames,
  leftProcesses,
  makePlace,
  patientProfile,
  startProgram,
  untilSaid,
  type TestPlace,
} from './support.ts';

const minutes = 60_000;

/** The words of a presentation that is as short as one can be. */
async function shortest(place: TestPlace): Promise<string[]> {
  const profile = `--profile=${await patientProfile(place)}`;
  const some = ['--only=delete-deployment', '--engine=flux', '--iterations=1'];
  return ['scenario', 'drift-recovery', '--present', ...some, profile, `--out=${place.runs}`];
}

test.serial('a run is presented step by step, recorded, and shown again without a lab', async (t) => {
  t.timeout(5 * minutes);
  const place = await makePlace(t);
  const command = documented(
    'npm run scenario drift-recovery -- --present --only delete-deployment,edit-image',
  );
  const flags = ['--engine=flux', `--profile=${await patientProfile(place)}`, '--pace=200ms'];
  const typed = shortened(command, [...flags, `--out=${place.runs}`]);
  const { all, exitCode } = await startTyped(t, place, typed);
  t.is(exitCode, 0, all);
  t.regex(all, /Flux · delete-deployment · [12] of 2\nSomeone deletes the Deployment web\.\n/);
  t.regex(all, /\$ kubectl -n shop get deployment web\nNAME +READY .*\nweb +3\/3 /);
  t.regex(all, /\$ kubectl -n shop delete deployment web\n/);
  t.regex(all, /\+0\.00 s {2}API server: Deployment\/web deleted/);
  t.regex(all, /── ready again ──\n=== \d+\.\d\d s ===/);
  t.regex(all, /^Flux: .*restore .*\.$/m);
  t.regex(all, /report: .*report\.md/);

  const run = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  const { results, history } = run;
  t.is(results.plan.warmupsPerTrial, 0);
  t.deepEqual(judgeHistory(history, driftRecovery, results.plan), results.iterations);
  t.regex(results.provenance.notices.join(), /made in a presentation/);
  const announced = history.find((fact) => fact.type === 'announced');
  t.true((announced?.waitedMs ?? 0) >= 190, 'it stood still');
  const before = await filesBelow(run.directory);
  t.true(before.get('report.md')?.includes('made in a presentation'));

  const again = await startProgram(t, place, ['scenario', '--replay', run.directory, '--pace=1ms']);
  t.is(again.exitCode, 0, again.all);
  t.regex(again.all, /^REPLAY of drift-recovery, recorded \d{4}-\d\d-\d\d \d\d:\d\d UTC; nothing runs now\n/);
  const lines = (text: string): string[] =>
    text.split('\n').filter((line) => /^\$ kubectl|^web +3|^ +\+[\d.]+ s {2}(?:API|engine|──)/.test(line));
  t.deepEqual(lines(again.all), lines(all), 'what was seen then is seen again');
  t.deepEqual(await filesBelow(run.directory), before, 'a replay writes nothing');
  t.deepEqual(await labNames(place), []);
});

const isGivenBack = /(?<!-)\bicanon\b/;

withTerminals(
  'at a terminal keys leave out a step, go on after a failure, and the figures are large',
  async (t) => {
    t.timeout(8 * minutes);
    const place = await makePlace(t);
    const words = (await shortest(place)).filter((word) => !word.startsWith('--only'));
    const { program } = startAtTerminal(t, place, [...words, '--only=delete-deployment,delete-service']);
    await untilSaid(program, 's: leave it out');
    program.stdin.write('s');
    await untilSaid(program, '2 of 2');
    await untilSaid(program, 's: leave it out');
    const etcd = (await leftProcesses(place)).find(({ name }) => name === 'etcd');
    if (etcd === undefined) throw new Error('no etcd is running');
    process.kill(etcd.pid, 'SIGKILL');
    await untilSaid(program, 'space: go on with what is left');
    program.stdin.write(' ');
    await untilSaid(program, '1 of 1');
    await untilSaid(program, 's: leave it out');
    program.stdin.write(' ');
    const { exitCode, all } = await program;
    t.is(exitCode, 0, all);
    t.regex(all, /: left out\./);
    t.regex(all, /The run has failed: etcd ended in the middle of the run\./);
    t.regex(all, /── ready again ──/);
    t.true(all.includes('████████████'));
    t.regex(all, isGivenBack);
    const { directory, results, history } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
    t.is(results.status, 'complete');
    t.is(results.resumedAt.length, 1);
    t.is(results.iterations.filter(({ verdict }) => verdict === 'valid').length, 1);
    t.is(results.iterations.filter(wasLeftOut).length, 1);
    t.deepEqual(judgeHistory(history, driftRecovery, results.plan), results.iterations);
    const report = (await filesBelow(directory)).get('report.md') ?? '';
    t.regex(report, /Left out by whoever presented, with nothing disturbed: 1 of delete-/);
    t.deepEqual(await labNames(place), []);
  },
);

withTerminals('at a terminal a replay goes on by keys, and ends by q or Ctrl-C', async (t) => {
  t.timeout(2 * minutes);
  const place = await makePlace(t);
  const directory = await recordRun(place.runs, makeUpRun({ disturbances: ['delete-deployment'] }));
  const words = ['scenario', '--replay', directory];
  const { program: quitted } = startAtTerminal(t, place, words);
  await untilSaid(quitted, 'space: go on');
  quitted.stdin.write('q');
  const left = await quitted;
  t.is(left.exitCode, 0, left.all);
  t.regex(left.all, isGivenBack);
  const { program: interrupted } = startAtTerminal(t, place, words);
  await untilSaid(interrupted, 'space: go on');
  interrupted.stdin.write('\u0003');
  const { exitCode, all } = await interrupted;
  t.is(exitCode, 130, all);
  t.regex(all, isGivenBack);
});

const refused: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
  'a presentation without keys and pace': [
    ['drift-recovery', '--present'],
    /no terminal to press them at\n.*--pace 5s/,
  ],
  'a pace of nothing': [['drift-recovery', '--pace', '5s'], /--pace is the pace of a presentation/],
  'a presentation of all scenarios': [['all', '--present'], /all has no use for --present/],
  'a presentation of a calibration': [['calibrate', '--present'], /calibrate has no use for --present/],
  'a presentation of a backoff': [
    ['drift-recovery', '--profile', 'backoff', '--present'],
    /the profile backoff can't be presented/,
  ],
  'a replay that is to measure': [
    ['--replay', 'latest', '--iterations', '3'],
    /a replay has no use for --iterations: it shows what was recorded/,
  ],
  'a replay that is to go on': [
    ['--replay', 'latest', '--resume', 'latest'],
    /a replay has no use for --resume/,
  ],
  'a replay of what is not there': [['--replay', '/nowhere/at/all'], /\/nowhere\/at\/all/],
};

for (const [what, [words, says]] of Object.entries(refused)) {
  test(`${what} is refused with an explanation`, async (t) => {
    const { exitCode, stderr } = await runCommand(t, ['scenario', ...words], await temporaryDirectory(t));
    t.is(exitCode, 2, stderr);
    t.regex(stderr, says);
  });
}

test.serial('a lost cluster is presented step by step, and shown again as it was', async (t) => {
  t.timeout(8 * minutes);
  const place = await makePlace(t);
  const flags = [
    '--pace=200ms',
    '--only=apps-1',
    '--engine=flux',
    `--profile=${await patientProfile(place)}`,
    `--out=${place.runs}`,
  ];
  const typed = shortened(documented('npm run scenario cluster-wipe -- --present'), flags);
  const { all, exitCode } = await startTyped(t, place, typed);
  t.is(exitCode, 0, all);
  t.regex(all, /Flux · apps-1 · 1 of 1\nThe cluster is there, with 1 application: /);
  t.regex(
    all,
    /\$ kubectl get deployments --all-namespaces .*\nNAMESPACE +NAME +READY .*\napp-01 +app-01 +2\/2/,
  );
  t.regex(all, /Now the control plane dies with its etcd data.*\n\(next: pkill /);
  t.regex(all, /the cluster and its etcd data are gone\n.*the time runs/);
  t.regex(all, /\$ flux bootstrap git /);
  t.regex(all, /app-01 is ready · 1 of 1 ready/);
  t.regex(all, /── ready again ──\n=== \d+\.\d\d s ===/);
  t.regex(all, /Is it the same cluster\?.*\n(?:.*\n)*Compared object by object: \d+ objects, none differs\./);

  const run = await readRun(path.join(place.runs, 'cluster-wipe', 'latest'));
  const [iteration] = run.results.iterations;
  t.is(iteration?.verdict, 'valid', iteration?.reason);
  t.regex(run.results.provenance.notices.join(), /made in a presentation/);
  const pauses = run.history.filter((fact) => fact.type === 'announced');
  t.is(pauses.length, 3);
  const zeroMs = iteration?.disturbedAtMs ?? NaN;
  const endMs = zeroMs + (iteration?.watchedForMs ?? NaN);
  const isOutside = ({ atMs, waitedMs }: (typeof pauses)[number]) => atMs < zeroMs || atMs - waitedMs > endMs;
  t.true(pauses.every(isOutside), 'no pause is in a time');

  const again = await startProgram(t, place, ['scenario', '--replay', run.directory, '--pace=1ms']);
  t.is(again.exitCode, 0, again.all);
  const told = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => /^\$ |^app-01 |^ +\+[\d.]+ s {2}|^Compared|^(?:The|Now|All) /.test(line));
  t.deepEqual(told(again.all), told(all), 'what was seen then is seen again');
});

test('a replay of another scenario than the one that is named, or of nothing that was chosen, is refused', async (t) => {
  const directory = await temporaryDirectory(t);
  const run = await recordRun(directory, makeUpRun({ disturbances: ['delete-deployment'] }));
  const other = await runCommand(t, ['scenario', 'rollback', '--replay', run, '--pace=1ms'], directory);
  t.is(other.exitCode, 2);
  t.regex(other.stderr, /is of drift-recovery and not of rollback/);
  const none = await runCommand(t, ['scenario', '--replay', run, '--engine=manual', '--pace=1ms'], directory);
  t.is(none.exitCode, 2);
  t.regex(none.stderr, /holds no measured iteration to show/);
});
