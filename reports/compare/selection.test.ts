import test, { type ExecutionContext } from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import type { Results } from '../record/schema.ts';
import { compare, made } from './comparison-for-tests.ts';

function refusal(t: ExecutionContext, ...runs: readonly Results[]): ExplainedError | undefined {
  const error = t.throws(() => compare(...runs), { instanceOf: ExplainedError });
  t.is(error.exitCode, exitCodes.wrongUsage);
  return error;
}

test('only what differs between the runs has a row; the rest is told in a line', (t) => {
  const tuned = made({
    seed: 2,
    changeAll: (results) => ({
      ...results,
      profile: { name: 'slower', settings: { ...results.profile.settings, intervalMs: 20_000 } },
      engines: results.engines.map((record) => ({ ...record, version: `${record.version}-rc` })),
    }),
  });
  const { properties, warnings } = compare(made(), tuned);
  t.deepEqual(
    properties.differing.map(({ name, values }) => [name, ...values]),
    [
      ['Started', '2026-01-03T03:04:05.000Z', '2026-01-04T03:04:05.000Z'],
      ['Seed', '1', '2'],
      ['Flux', 'v2.9.5', 'v2.9.5-rc'],
      ['Argo CD', 'v3.2.11', 'v3.2.11-rc'],
      ['Profile', 'matched', 'slower'],
      ['intervalMs', '10000', '20000'],
    ],
  );
  t.true(properties.same.includes('Lab (embedded)'));
  t.true(properties.same.includes('1 of 2 settings of the profile'));
  t.deepEqual(warnings, [
    'B was not tuned as A was (intervalMs): what changed may come from that, and not from the engines.',
  ]);
});

test('a machine that was busier is told of, since it may be what changed', (t) => {
  const loaded = (results: Results): Results => ({
    ...results,
    provenance: {
      ...results.provenance,
      machine: { ...results.provenance.machine, loadAverageAtStart: 5 },
    },
  });
  t.deepEqual(compare(made(), made({ seed: 2, changeAll: loaded })).warnings, [
    'The machine was busier when B began than when A did (load average on each core 2.5 against 0.2): what changed may come from that, and not from the engines.',
  ]);
});

test('of runs with other disturbances or engines, what they have in common is compared, and the rest told', (t) => {
  const { changes, warnings } = compare(
    made({ disturbances: ['scale-to-zero', 'edit-env'] }),
    made({ seed: 2, disturbances: ['scale-to-zero', 'scale-up'] }),
  );
  t.deepEqual([...new Set(changes.map(({ disturbance }) => disturbance))], ['scale-to-zero']);
  t.deepEqual(warnings, ['edit-env is left out: only A has it.', 'scale-up is left out: only B has it.']);
});

test('runs that can not be set side by side are refused with the reason', (t) => {
  const other = made({
    seed: 2,
    changeAll: (results) => ({ ...results, scenario: { ...results.scenario, name: 'rollback' } }),
  });
  t.regex(refusal(t, made(), other)?.message ?? '', /is a run of drift-recovery, and "run 1" of rollback/);
  t.regex(refusal(t, made(), made())?.message ?? '', /is the same run as/);
  t.regex(refusal(t, made())?.message ?? '', /one run alone/);
  const apart = refusal(
    t,
    made({ disturbances: ['scale-up'] }),
    made({ seed: 2, disturbances: ['edit-env'] }),
  );
  t.regex(apart?.message ?? '', /nothing|no engine and disturbance in common/);
});
