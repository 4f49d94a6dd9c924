import test from 'ava';
import type { Iteration, Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { checkedLine, checkedSummary, checkThresholds, type CheckedThreshold } from './check.ts';
import { parseThreshold } from './parse.ts';

/** Five measured iterations of Flux, restored after 2, 3, 4, 5 and 6 seconds, after a warm-up of a whole minute. */
function fiveIterations(change: (iteration: Iteration) => Partial<Iteration> = () => ({})): Results {
  return makeUpRun({
    engines: ['flux'],
    disturbances: ['scale-up'],
    iterationsPerDisturbance: 5,
    change: (iteration) => {
      const timeToRestoreMs = iteration.kind === 'warmup' ? 60_000 : iteration.index * 1000;
      return { ...iteration, timeToRestoreMs, ...change(iteration) };
    },
  }).results;
}

const unrestored = (watchedForMs: number): Partial<Iteration> => ({
  verdict: 'censored',
  reason: 'not restored in time',
  timeToRestoreMs: null,
  timeToReadyMs: null,
  timeToSettleMs: null,
  watchedForMs,
});

function check(results: Results, end: string, start = 'flux.drift.scale-up'): CheckedThreshold[] {
  return checkThresholds(results, [parseThreshold(`${start}.${end}`, '--threshold')]);
}

/** The line on a threshold that is about one thing. */
function line(results: Results, end: string): string {
  const [first, ...others] = check(results, end);
  if (first === undefined || others.length > 0) throw new Error('the threshold is about several things');
  return checkedLine(first).replace(/flux\.drift\.scale-up\./, '');
}

test('each statistic is that of the measured iterations', (t) => {
  const results = fiveIterations();
  for (const [statistic, measured, limit] of [
    ['min', '2.00 s', '2s'],
    ['median', '4.00 s', '4s'],
    ['p90', '5.60 s', '5600ms'],
    ['p95', '5.80 s', '5800ms'],
    ['max', '6.00 s', '6s'],
  ] as const) {
    const about = `timeToRestore.${statistic}`;
    const said = `${limit}: measured ${measured} in 5 iterations`;
    t.is(line(results, `${about} <= ${limit}`), `held: ${about} <= ${said}`);
    t.is(line(results, `${about} < ${limit}`), `broken: ${about} < ${said}`);
  }
});

test('a figure that rounds to its limit is given in full', (t) => {
  const results = fiveIterations(({ index }) => ({ timeToRestoreMs: index === 6 ? 30_004 : 1000 }));
  t.regex(line(results, 'timeToRestore.max <= 30s'), /^broken: .*measured 30\.0 s \(30004 ms\) in 5/);
});

test('iterations are counted, and censored ones among them, for each time of its own', (t) => {
  const results = fiveIterations(({ index }) =>
    index < 5 ? {} : { ...unrestored(120_000), timeToRestoreMs: 7000 },
  );
  t.regex(line(results, 'timeToRestore.count >= 5'), /^held: .*measured 5 iterations$/);
  t.regex(line(results, 'timeToRestore.count > 5'), /^broken: /);
  t.regex(line(results, 'timeToRestore.censored <= 0'), /^held: .*measured 0 of 5 iterations censored$/);
  t.regex(line(results, 'timeToReady.censored <= 0'), /^broken: .*measured 2 of 5 iterations censored$/);
  t.regex(line(results, 'timeToReady.censored <= 40%'), /^held: /);
  t.regex(line(results, 'timeToReady.censored < 40%'), /^broken: /);
});

test('invalid iterations are counted among all that were measured', (t) => {
  const results = fiveIterations(({ index }) =>
    index === 2 || index === 1 ? { verdict: 'invalid', reason: 'busy' } : {},
  );
  t.regex(line(results, 'timeToRestore.invalid < 1'), /^broken: .*measured 1 of 5 iterations invalid$/);
  t.regex(line(results, 'timeToRestore.invalid <= 20%'), /^held: /);
  t.regex(line(results, 'timeToRestore.count >= 4'), /^held: .*measured 4 iterations$/);
});

test('iterations at a locked phase, or repeated on a revision, are left out as everywhere', (t) => {
  const results = fiveIterations(({ index }) => ({
    verdict: index > 4 ? 'invalid' : 'valid',
    phase: index === 3 || index === 6 ? 'locked' : 'random',
    repeat: index === 4 ? 1 : 0,
  }));
  t.regex(line(results, 'timeToRestore.count > 0'), /measured 1 iteration$/);
  t.regex(line(results, 'timeToRestore.invalid > 0'), /measured 1 of 2 iterations invalid$/);
});

test('"more than" breaks a threshold from its limit on, and decides nothing below it', (t) => {
  const results = fiveIterations(({ index }) => (index < 6 ? {} : unrestored(20_000)));
  t.is(
    line(results, 'timeToRestore.max < 20s'),
    'broken: timeToRestore.max < 20s: measured more than 20.0 s in 5 iterations (1 censored)',
  );
  t.is(
    line(results, 'timeToRestore.max < 30s'),
    'not decided: timeToRestore.max < 30s: all that is known of it is that it is more than 20.0 s',
  );
  t.regex(line(results, 'timeToRestore.max > 10s'), /^held: /);
  t.regex(line(results, 'timeToRestore.median <= 4s'), /^held: .*4\.00 s in 5 iterations \(1 censored\)/);
});

test('where no iteration counts, nothing is decided but their number', (t) => {
  const results = fiveIterations(() => ({ verdict: 'invalid', reason: 'busy' }));
  for (const end of ['p95 < 1h', 'max > 1ms', 'censored <= 0']) {
    t.regex(line(results, `timeToRestore.${end}`), /^not decided: .*: no iteration counts$/);
  }
  t.regex(line(results, 'timeToRestore.count >= 1'), /^broken: .*measured 0 iterations$/);
  t.regex(line(results, 'timeToRestore.invalid <= 50%'), /^broken: .*measured 5 of 5/);
});

test('a time that was not seen is said, and decides nothing where it never was', (t) => {
  const never = fiveIterations(() => ({ timeToDetectMs: null }));
  t.regex(
    line(never, 'timeToDetect.p95 < 1h'),
    /^not decided: .*timeToDetect was seen in no iteration that counts$/,
  );
  const once = fiveIterations(({ index }) => ({ timeToDetectMs: index === 2 ? 100 : null }));
  t.regex(line(once, 'timeToDetect.p95 < 1h'), /^held: .*100 ms in 1 iteration, not seen in 4 more$/);
});

test('a run that is not complete decides nothing', (t) => {
  for (const status of ['interrupted', 'failed'] as const) {
    const results: Results = { ...fiveIterations(), status, statusReason: 'etcd ended\n  next: look' };
    t.is(
      line(results, 'timeToRestore.p95 < 30s'),
      `not decided: timeToRestore.p95 < 30s: the run is not complete, it was ${status}: etcd ended`,
    );
  }
});

test('each engine and disturbance that a star stands for must hold, and is named', (t) => {
  const checked = check(makeUpRun().results, 'timeToRestore.max < 1m', '*.*.*');
  t.deepEqual(
    checked.map(({ name, outcome }) => `${name}: ${outcome}`),
    [
      'flux.drift.delete-deployment.timeToRestore.max < 1m: held',
      'argocd.drift.delete-deployment.timeToRestore.max < 1m: held',
      'flux.drift.scale-to-zero.timeToRestore.max < 1m: held',
      'argocd.drift.scale-to-zero.timeToRestore.max < 1m: held',
      'flux.drift.edit-env.timeToRestore.max < 1m: broken',
      'argocd.drift.edit-env.timeToRestore.max < 1m: held',
    ],
  );
  t.is(checkedSummary(checked), '5 of 6 held, 1 broken.');
  const open = check(makeUpRun().results, 'timeToRestore.max < 1h', '*.*.*');
  t.is(checkedSummary(open), '5 of 6 held, 1 not decided, which counts as not held.');
});
