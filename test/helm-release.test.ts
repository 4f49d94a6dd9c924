import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRun } from '../reports/record/reader.ts';
import { helmRelease } from '../scenarios/helm-release.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import { leftProcesses, makePlace, patientProfile, startProgram } from './support.ts';

const minutes = 60_000;
const made = ['install', 'bump-chart', 'failed-upgrade', 'edit-image-correction-off'];

test.serial('helm-release: both engines keep a chart, and Flux alone goes back by itself', async (t) => {
  t.timeout(15 * minutes);
  const place = await makePlace(t);
  const { all, exitCode } = await startProgram(t, place, [
    'scenario',
    'helm-release',
    `--only=${made.join(',')}`,
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0\n')}`,
    `--out=${place.runs}`,
  ]);
  t.is(exitCode, 0, all);
  const { results, history, directory } = await readRun(path.join(place.runs, 'helm-release', 'latest'));
  t.is(results.status, 'complete');
  // An engine that looks every two seconds can be at work just when it is disturbed: such an iteration is made again.
  const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
  const reasons = results.iterations.map(({ reason }) => reason).join('; ');
  t.is(counted.length, 2 * made.length, reasons);
  const found = (engine: string, disturbance: string) => {
    const one = counted.find((other) => other.engine === engine && other.disturbance === disturbance);
    if (one === undefined) throw new Error(`${engine} has no ${disturbance}: ${reasons}`);
    return one;
  };
  for (const engine of ['flux', 'argocd']) {
    for (const disturbance of ['install', 'bump-chart']) {
      const { verdict, reason, timeToReadyMs } = found(engine, disturbance);
      t.is(verdict, 'valid', `${engine} ${disturbance}: ${reason}`);
      t.true((timeToReadyMs ?? 0) > 0);
    }
    const left = found(engine, 'edit-image-correction-off');
    t.is(left.verdict, 'censored', engine);
    t.regex(left.reason, /^not corrected within 15/);
    const { figures } = found(engine, 'failed-upgrade');
    t.true((figures['failureToldMs'] ?? 0) > 0, `${engine} tells of the failure`);
    t.is(figures['timeUnservedMs'], 0, `${engine}: the old version goes on`);
  }
  t.is(found('flux', 'failed-upgrade').verdict, 'valid');
  t.is(found('argocd', 'failed-upgrade').verdict, 'censored');
  t.regex(found('argocd', 'failed-upgrade').reason, /^not gone back to the old version within 30/);
  const flux = results.engines.find(({ engine }) => engine === 'flux');
  t.true(flux?.settings.some(({ name }) => name === 'HelmRelease interval'));
  const report = await readFile(path.join(directory, 'report.md'), 'utf8');
  t.regex(report, /goes back to the old version by itself when an upgrade fails \| yes .* \| no/);
  const byPlace = (a: { engine: string; index: number }, b: { engine: string; index: number }) =>
    a.engine.localeCompare(b.engine) || a.index - b.index;
  const judged = judgeHistory(history, helmRelease, results.plan);
  t.deepEqual(judged.toSorted(byPlace), results.iterations.toSorted(byPlace));
  t.deepEqual(await leftProcesses(place), [], 'nothing goes on running');
});
