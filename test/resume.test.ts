import test from 'ava';
import { randomInt } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readRun } from '../reports/record/reader.ts';
import { driftRecovery } from '../scenarios/drift-recovery.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { makeCheckout } from './documented/checkout.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped, wordsOf } from './documented/typing.ts';
import { labNames, makePlace, patientProfile, startProgram, untilSaid } from './support.ts';

const iterations = 6;

test.serial('a run that is killed at random moments is gone on with, and nothing is lost', async (t) => {
  t.timeout(300_000);
  const place = await makePlace(t);
  const begin = [
    'scenario',
    'drift-recovery',
    '--engine=argocd',
    '--only=delete-configmap',
    `--iterations=${iterations}`,
    '--seed=3',
    `--profile=${await patientProfile(place)}`,
    `--out=${place.runs}`,
  ];
  const first = startProgram(t, place, begin);
  await untilSaid(first, 'recording in ');
  await untilSaid(first, 'delete-configmap');
  const moments = [randomInt(4000), randomInt(4000)];
  await delay(moments[0]);
  first.kill('SIGKILL');
  const said = (await first).all;
  const directory = /recording in (.*)$/m.exec(said)?.[1] ?? '';
  const historyFile = path.join(directory, 'history.jsonl');
  // As a crash in the middle of a write would leave it.
  await appendFile(historyFile, '{"atMs":99999,"engine":"arg');

  const goOn = ['scenario', '--resume', path.join(path.dirname(directory), 'latest')];
  const second = startProgram(t, place, goOn);
  await untilSaid(second, 'delete-configmap');
  await delay(moments[1]);
  second.kill('SIGKILL');
  await second;

  const third = await startProgram(t, place, goOn);
  t.is(third.exitCode, 0, `killed after ${moments.join(' and ')} ms: ${third.all}`);
  const { results, history, notices } = await readRun(directory);
  t.deepEqual(notices, []);
  t.is(results.status, 'complete');
  t.is(results.resumedAt.length, 2);
  t.is(results.provenance.seed, 3);
  const counted = results.iterations.filter(
    ({ kind, verdict }) => kind === 'measured' && verdict !== 'invalid',
  );
  t.is(counted.length, iterations, 'as many as were asked for, none twice');
  const indices = results.iterations.map(({ index }) => index);
  t.is(new Set(indices).size, indices.length, 'no two iterations have the same number');
  const judged = judgeHistory(history, driftRecovery, results.plan);
  t.deepEqual(
    judged.toSorted((a, b) => a.index - b.index),
    results.iterations,
    "the report's figures follow from the history of all parts",
  );
  t.true(
    history.every(({ atMs }, index) => index === 0 || atMs >= (history[index - 1]?.atMs ?? 0)),
    'the clock goes on where the last part ended',
  );
  t.regex(await readFile(path.join(directory, 'history.torn'), 'utf8'), /^\{"atMs":99999,"engine":"arg/);

  const again = await startProgram(t, place, goOn);
  t.is(again.exitCode, 0);
  t.regex(again.all, /the run is complete/);
  await startProgram(t, place, ['lab', 'down', '--all']);
  t.deepEqual(await labNames(place), []);
});

test.serial('a run outlives its terminal, and keeps its lines in a file', async (t) => {
  t.timeout(180_000);
  const place = await makePlace(t);
  const program = startProgram(t, place, [
    'scenario',
    'drift-recovery',
    '--engine=argocd',
    '--only=delete-configmap',
    '--iterations=1',
    `--profile=${await patientProfile(place)}`,
    `--out=${place.runs}`,
  ]);
  await untilSaid(program, 'engine installed');
  program.kill('SIGHUP');
  const { exitCode, all } = await program;
  t.is(exitCode, 0, all);
  const { directory, results } = await readRun(path.join(place.runs, 'drift-recovery', 'latest'));
  t.is(results.status, 'complete');
  t.regex(await readFile(path.join(directory, 'progress.log'), 'utf8'), /Argo CD 2\/2 delete-configmap: /);
});

test.serial('a run that was interrupted is gone on with by its being the latest', async (t) => {
  t.timeout(240_000);
  const place = await makePlace(t);
  const checkout = await makeCheckout(path.join(place.directory, 'checkout'));
  const begin = shortened(documented('npm run scenario drift-recovery -- --engine flux'), [
    '--only=delete-configmap',
    '--iterations=3',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
  ]);
  const program = [process.execPath, '--import=tsx', path.join(checkout, 'cli.ts')] as const;
  const first = startProgram(t, place, wordsOf(begin), program);
  await untilSaid(first, '1/3 delete-configmap');
  first.kill('SIGINT');
  t.is((await first).exitCode, 130);
  const second = await startTyped(t, place, documented('npm run scenario -- --resume latest'), checkout);
  t.is(second.exitCode, 0, second.all);
  const { results } = await readRun(path.join(checkout, 'reports', 'runs', 'drift-recovery', 'latest'));
  t.is(results.status, 'complete');
  t.is(results.resumedAt.length, 1);
  t.is(results.iterations.filter(({ verdict }) => verdict === 'valid').length, 3);
});
