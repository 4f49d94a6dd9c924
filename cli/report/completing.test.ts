import test from 'ava';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { driftRecovery } from '../../scenarios/drift-recovery.ts';
import { completing } from './completing.ts';

const contrasts = [{ of: 'one', against: 'other', when: 'With it', did: 'was done' }];
const complete = completing({ scenarios: [{ ...driftRecovery, contrasts }] });

test('results that do not say what their question sets against each other get it from the scenario', (t) => {
  const { results } = makeUpRun();
  t.deepEqual(complete(results).scenario.contrasts, contrasts);
  t.is(results.scenario.contrasts, undefined, 'what was read stays as it is');
});

test('results that say it, and those of a scenario that is not known, stay as they are', (t) => {
  const { results } = makeUpRun();
  const said = { ...results, scenario: { ...results.scenario, contrasts: [] } };
  t.is(complete(said), said);
  const stranger = { ...results, scenario: { ...results.scenario, name: 'of-someone' } };
  t.is(complete(stranger), stranger);
});
