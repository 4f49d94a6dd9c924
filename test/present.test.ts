import test from 'ava';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { runCommand } from './run-command.ts';
import { withTerminals } from './terminals.ts';
import {
  filesBelow,
  labNames,
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
  const { all, exitCode } = await startProgram(t, place, [...(await shortest(place)), '--pace=200ms']);
  t.is(exitCode, 0, all);
  t.regex(all, /Flux · delete-deployment · 1 of 1\nSomeone deletes the Deployment web\.\n/);
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

/** The program at a terminal of its own; what the terminal is set to stands at the end of the output. */
function startAtTerminal(t: ExecutionContext, place: TestPlace, words: readonly string[]) {
  const command = [process.execPath, '--import=tsx', 'cli.ts', ...words].map((word) => `'${word}'`).join(' ');
  const shell = `stty rows 40 columns 120; ${command}; code=$?; stty -a; exit $code`;
  const program = execa('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    cwd: path.dirname(import.meta.dirname),
    env: { ...place.environment, CI: '', TERM: 'xterm-256color' },
    all: true,
    reject: false,
  });
  t.teardown(() => program.kill('SIGKILL'));
  return { program };
}

const isGivenBack = /(?<!-)\bicanon\b/;

withTerminals('at a terminal a key has the run go on, and the figures are large', async (t) => {
  t.timeout(5 * minutes);
  const place = await makePlace(t);
  const { program } = startAtTerminal(t, place, await shortest(place));
  await untilSaid(program, 'space: go on');
  program.stdin.write(' ');
  const { exitCode, all } = await program;
  t.is(exitCode, 0, all);
  t.regex(all, /── ready again ──/);
  t.true(all.includes('████████████'));
  t.regex(all, isGivenBack);
});

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
  'a presentation of a lost cluster': [
    ['cluster-wipe', '--present'],
    /cluster-wipe can't be presented: .*\n.*--replay cluster-wipe/,
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
