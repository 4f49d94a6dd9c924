import test from 'ava';
import path from 'node:path';
import { readRun } from '../../reports/record/reader.ts';
import { machineLoss } from '../../scenarios/machine-loss.ts';
import { judgeHistory } from '../../scenarios/runner/judge.ts';
import { documented } from '../documented/pages.ts';
import { shortened, startTyped } from '../documented/typing.ts';
import { withNodes } from './nodes.ts';
import { runCommand } from '../run-command.ts';
import { labNames, leftProcesses, makePlace, patientProfile } from '../support.ts';

const minutes = 60_000;

withNodes('an engine goes on when a worker is lost, and when the controller was off', async (t) => {
  t.timeout(20 * minutes);
  const place = await makePlace(t);
  const command = documented('npm run scenario machine-loss -- --lab kind --only worker-off,controller-off');
  const flags = [
    '--engine=argocd',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ];
  const { all, exitCode } = await startTyped(t, place, shortened(command, flags));
  t.is(exitCode, 0, all);
  const { results, history } = await readRun(path.join(place.runs, 'machine-loss', 'latest'));
  t.is(results.lab.nodes, 3);
  const counted = results.iterations.filter(({ verdict }) => verdict === 'valid');
  t.is(counted.length, 2, results.iterations.map(({ reason }) => reason).join('; '));
  const [worker, controller] = ['worker-off', 'controller-off'].map((name) =>
    counted.find(({ disturbance }) => disturbance === name),
  );
  t.true((worker?.figures['nodeMissedMs'] ?? 0) > 10_000);
  t.true((worker?.timeToReadyMs ?? 0) >= (worker?.figures['nodeMissedMs'] ?? Infinity));
  t.is(worker?.figures['apiAwayMs'], null, 'a worker takes no API server with it');
  t.true((controller?.figures['apiAwayMs'] ?? 0) > 10_000);
  t.true((controller?.figures['nodeBackMs'] ?? 0) > 0);
  const gaps = history.filter(
    ({ type, iteration }) => type === 'watch-gap' && iteration === controller?.index,
  );
  t.true(gaps.length > 0, 'every watch breaks off');
  t.false(controller?.timesAreBounds, 'and has listed anew before the times go on');
  t.deepEqual(judgeHistory(history, machineLoss, results.plan), results.iterations);
  t.deepEqual(await leftProcesses(place), []);
  t.deepEqual(await labNames(place), []);
});

test('where machines can not be lost, or not made anew, it says so before anything starts', async (t) => {
  const place = await makePlace(t);
  const ask = async (...flags: readonly string[]) =>
    runCommand(t, ['scenario', 'machine-loss', ...flags], place.directory);
  const embedded = await ask();
  t.is(embedded.exitCode, 2);
  t.regex(embedded.stderr, /machine-loss can't be run in the embedded lab/);
  t.regex(embedded.stderr, /--lab vagrant can/);
  const kind = await ask('--lab=kind');
  t.is(kind.exitCode, 2);
  t.regex(kind.stderr, /no support for making machines anew/);
  t.regex(kind.stderr, /--only worker-off,controller-off/);
  const wipe = async (...flags: readonly string[]) =>
    runCommand(t, ['scenario', 'cluster-wipe', '--only=controller-apps-10', ...flags], place.directory);
  const alone = await wipe('--lab=kind');
  t.is(alone.exitCode, 2);
  t.regex(alone.stderr, /controller-apps-10 can't be made in the kind lab/);
  t.regex(alone.stderr, /its workers do not outlive its controller; --lab vagrant can/);
  t.regex((await wipe('--lab=vagrant', '--nodes=1')).stderr, /needs a worker that outlives the controller/);
  const few = await ask('--lab=vagrant', '--nodes=2');
  t.is(few.exitCode, 2);
  t.regex(few.stderr, /at least 3 nodes, and not 2/);
});
