import test from 'ava';
import { readRun } from '../reports/record/reader.ts';
import type { Iteration } from '../reports/record/schema.ts';
import { badCommit } from '../scenarios/bad-commit.ts';
import { controllerCrash } from '../scenarios/controller-crash.ts';
import { dependencyOrder } from '../scenarios/dependency-order.ts';
import { gitOutageScenario } from '../scenarios/git-outage.ts';
import { prune } from '../scenarios/prune.ts';
import { replicaChange } from '../scenarios/replica-change.ts';
import { rollback } from '../scenarios/rollback.ts';
import { webhookVersusPoll } from '../scenarios/webhook-versus-poll.ts';
import { judgeHistory } from '../scenarios/runner/judge.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import path from 'node:path';
import { makePlace, patientProfile, startProgram } from './support.ts';

const minutes = 60_000;

/** What else is to come out, whatever the machine: a number of changes, or whether drift was corrected while Git was away. */
function whatElse({ figures }: Iteration): number | boolean | null | undefined {
  const corrected = figures['correctedDuringFaultMs'];
  return corrected === undefined ? figures['changesElsewhere'] : corrected !== null;
}

/** Of Flux, then of Argo CD. Flux goes on from the artifact that it has; Argo CD does not compare without Git. */
const expectedElse: Readonly<Record<string, readonly (number | boolean)[]>> = {
  'git-outage': [true, false],
  'replica-change': [0, 0, 0, 0],
};

const scenarios: readonly Scenario[] = [
  prune,
  rollback,
  replicaChange,
  badCommit,
  gitOutageScenario,
  controllerCrash,
  webhookVersusPoll,
  dependencyOrder,
];

for (const scenario of scenarios) {
  // Several clusters are only there where something is done in each.
  const made =
    scenario.environments === undefined ? scenario.disturbances.slice(0, 1) : scenario.disturbances;
  test.serial(`${scenario.name}: both engines come through it`, async (t) => {
    t.timeout(6 * minutes);
    const place = await makePlace(t);
    const { all, exitCode } = await startProgram(t, place, [
      'scenario',
      scenario.name,
      `--only=${made.map(({ name }) => name).join(',')}`,
      '--iterations=1',
      '--seed=5',
      // Flux holds on to a bad release for as long as this.
      `--profile=${await patientProfile(place, 'warmups: 0\nflux:\n  timeout: 6s\n')}`,
      `--out=${place.runs}`,
    ]);
    t.is(exitCode, 0, all);
    const { results, history } = await readRun(path.join(place.runs, scenario.name, 'latest'));
    t.is(results.status, 'complete');
    // An engine that looks every two seconds can be at work just when it is disturbed: such an iteration is made again.
    const counted = results.iterations.filter(({ verdict }) => verdict !== 'invalid');
    const reasons = results.iterations.map(({ reason }) => reason).join('; ');
    t.is(counted.length, 2 * made.length, `of each engine: ${reasons}`);
    t.true(results.iterations.length <= 2 * counted.length, reasons);
    for (const { engine, verdict, reason, timeToRestoreMs, timeToReadyMs, figures } of counted) {
      t.is(verdict, 'valid', `${engine}: ${reason}`);
      t.deepEqual(
        Object.keys(figures),
        (scenario.figures ?? []).map(({ name }) => name),
      );
      t.true((timeToRestoreMs ?? 0) > 0);
      t.true((timeToReadyMs ?? 0) >= (timeToRestoreMs ?? Infinity));
    }
    const expected = expectedElse[scenario.name];
    if (expected !== undefined) t.deepEqual(counted.map(whatElse), expected);
    const pushes = history.filter(({ type }) => type === 'disturbed');
    t.true(pushes.length >= counted.length, 'each counts from a moment of its own');
    const judged = judgeHistory(history, scenario, results.plan);
    const byPlace = (a: { engine: string; index: number }, b: { engine: string; index: number }) =>
      a.engine.localeCompare(b.engine) || a.index - b.index;
    t.deepEqual(judged.toSorted(byPlace), results.iterations.toSorted(byPlace));
  });
}
