import test from 'ava';
import type { Iteration } from '../../reports/record/schema.ts';
import { badCommit } from '../../scenarios/bad-commit.ts';
import { controllerCrash } from '../../scenarios/controller-crash.ts';
import { dependencyOrder } from '../../scenarios/dependency-order.ts';
import { gitOutageScenario } from '../../scenarios/git-outage.ts';
import { prune } from '../../scenarios/prune.ts';
import { replicaChange } from '../../scenarios/replica-change.ts';
import { rollback } from '../../scenarios/rollback.ts';
import { webhookVersusPoll } from '../../scenarios/webhook-versus-poll.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { documented } from '../documented/pages.ts';
import { makeRun } from './make-run.ts';
import { makePlace } from '../support.ts';

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

const scenarios: readonly (readonly [Scenario, string])[] = [
  [prune, documented('npm run scenario prune')],
  [rollback, documented('npm run scenario rollback')],
  [replicaChange, documented('npm run scenario replica-change')],
  [badCommit, documented('npm run scenario bad-commit')],
  [gitOutageScenario, documented('npm run scenario git-outage')],
  [controllerCrash, documented('npm run scenario controller-crash')],
  [webhookVersusPoll, documented('npm run scenario webhook-versus-poll')],
  [dependencyOrder, documented('npm run scenario dependency-order')],
];

for (const [scenario, command] of scenarios) {
  // Several clusters are only there where something is done in each.
  const made =
    scenario.environments === undefined ? scenario.disturbances.slice(0, 1) : scenario.disturbances;
  test.serial(`${scenario.name}: both engines come through it`, async (t) => {
    t.timeout(12 * minutes);
    const place = await makePlace(t);
    const { results, history, counted, reasons } = await makeRun(t, place, scenario, {
      command,
      // Flux holds on to a bad release for as long as this.
      profile: 'flux:\n  timeout: 6s\n',
      words: [`--only=${made.map(({ name }) => name).join(',')}`],
    });
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
  });
}
