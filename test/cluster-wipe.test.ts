import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import { judgeWipe } from '../scenarios/cluster-wipe/judge-wipe.ts';
import { applicationCount } from '../scenarios/cluster-wipe/run-wipe.ts';
import { nextState, nothingKnown } from '../scenarios/runner/cluster-state.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped } from './documented/typing.ts';
import { runCommand } from './run-command.ts';
import { labNames, leftProcesses, makePlace, patientProfile, startProgram, untilSaid } from './support.ts';

const minutes = 60_000;

test.serial('a lost cluster is rebuilt from Git, and is the same', async (t) => {
  t.timeout(12 * minutes);
  const place = await makePlace(t);
  const flags = [
    '--only=apps-1',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place)}`,
    `--out=${place.runs}`,
  ];
  const command = shortened(documented('npm run scenario cluster-wipe'), flags);
  const { all, exitCode } = await startTyped(t, place, command);
  t.is(exitCode, 0, all);
  const { directory, results, history } = await readRun(path.join(place.runs, 'cluster-wipe', 'latest'));
  t.is(results.status, 'complete');
  t.deepEqual(results.iterations.map(({ engine }) => engine).sort(), ['argocd', 'flux']);
  for (const iteration of results.iterations) {
    const { engine, verdict, reason, figures, timeToReadyMs, timeToSettleMs } = iteration;
    t.is(verdict, 'valid', `${engine}: ${reason}`);
    const inOrder = [
      figures['timeToApiServerMs'],
      figures['timeToControlPlaneMs'],
      figures['timeToEngineMs'],
      timeToSettleMs,
    ].map((timeMs) => timeMs ?? NaN);
    t.deepEqual(
      inOrder,
      inOrder.toSorted((left, right) => left - right),
    );
    t.true((figures['timeToApiServerMs'] ?? 0) > 0);
    t.is(figures['timeToFirstApplicationMs'], timeToReadyMs, 'the only one is the first');
    t.is(figures['objectsDiffering'], 0);
    t.true(
      (figures['objectsCompared'] ?? 0) >= 10,
      'namespace, its objects, and what controllers made of them',
    );

    const own = history.filter((fact) => fact.engine === engine);
    const before = own.filter(({ iteration: index }) => index === 0).reduce(nextState, nothingKnown);
    const facts = own.filter(({ iteration: index }) => index === iteration.index);
    const rules = { limits: results.plan.limits, applicationsOf: applicationCount };
    t.deepEqual(judgeWipe(before, facts, rules), iteration, 'it follows from its facts');
    const [memory] = facts.filter((fact) => fact.type === 'engine-memory');
    t.true(
      memory?.changes.some((change) => change.path === 'status.history' && change.before !== change.after),
      'the engine forgot its history',
    );
  }
  const commandsOf = (engine: string) =>
    history.filter((fact) => fact.type === 'command' && fact.engine === engine && fact.iteration === 1)
      .length;
  t.is(commandsOf('flux'), 1);
  t.is(commandsOf('argocd'), 2);
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(report, /^\| apps-1 \| Flux \| 1 \| \d+ \| \d+ \| 0 \| 0 \| 0 \|$/m);
  t.regex(report, /Flux: 1 command: `flux bootstrap git /);
  t.deepEqual(await labNames(place), [], 'no lab is left');
});

test.serial('an interruption while the cluster is rebuilt leaves nothing behind', async (t) => {
  t.timeout(6 * minutes);
  const place = await makePlace(t);
  const program = startProgram(t, place, [
    'scenario',
    'cluster-wipe',
    '--engine=flux',
    '--only=apps-1',
    '--iterations=1',
    `--profile=${await patientProfile(place)}`,
    `--out=${place.runs}`,
  ]);
  await untilSaid(program, 'is lost');
  const running = await leftProcesses(place);
  program.kill('SIGINT');
  const { exitCode, all } = await program;
  t.is(exitCode, 130, all);
  t.true(running.length < 8, 'the cluster was down, or hardly up again');
  t.notRegex(all, /go on with it/);
  const { results } = await readRun(path.join(place.runs, 'cluster-wipe', 'latest'));
  t.is(results.status, 'interrupted');
  t.deepEqual(results.iterations, []);
  t.deepEqual(await labNames(place), []);
});

test('a condition that is for other clusters is refused before anything starts, with the one that is for this one', async (t) => {
  const place = await makePlace(t);
  const ask = async (...flags: readonly string[]) =>
    runCommand(t, ['scenario', 'cluster-wipe', ...flags], place.directory);
  const own = await ask('--only=objects-apps-10');
  t.is(own.exitCode, 2);
  t.regex(own.stderr, /objects-apps-10 can't be made in the embedded lab/);
  t.regex(own.stderr, /use --only apps-1,apps-10,apps-50/);
  const theirs = ['--lab=existing', '--context=theirs'];
  const whole = await ask(...theirs, '--only=apps-1');
  t.is(whole.exitCode, 2);
  t.regex(whole.stderr, /that cluster is not the lab's.*use --only objects-apps-10/s);
  const adopted = await ask(...theirs, '--adopt');
  t.is(adopted.exitCode, 2);
  t.regex(adopted.stderr, /cluster-wipe can't be run with --adopt/);
  const two = await ask('--lab=existing', '--context=theirs,others');
  t.is(two.exitCode, 2);
  t.regex(two.stderr, /2 clusters are named, and cluster-wipe is run in 1/);
});
