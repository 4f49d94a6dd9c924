import test from 'ava';
import type { Iteration } from '../record/schema.ts';
import { analyse } from '../render/analysis.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { chooseWorst } from './worst.ts';

function worstOf(change: (iteration: Iteration) => Iteration, iterationsPerDisturbance = 12) {
  const { results } = makeUpRun({
    engines: ['argocd'],
    disturbances: ['scale-up'],
    iterationsPerDisturbance,
    change,
  });
  return chooseWorst(results, analyse(results), 'argocd');
}

/** The iterations of these indices take as long as given, all others 300 ms and their index. */
const slow =
  (timesMs: Readonly<Record<number, number>>) =>
  (iteration: Iteration): Iteration => ({
    ...iteration,
    timeToRestoreMs: timesMs[iteration.index] ?? 300 + iteration.index,
  });

test('an iteration above the fence is chosen, with the figures that say why', (t) => {
  const [worst, ...others] = worstOf(slow({ 5: 9000 }));
  t.is(others.length, 0);
  t.is(worst?.iteration.index, 5);
  t.regex(
    worst?.why ?? '',
    /^Restored after 9\.00 s; the median of its arm is 309 ms, and an outlier begins at 320 ms\.$/,
  );
});

test('where none is an outlier there is none', (t) => {
  t.deepEqual(worstOf(slow({})), []);
  t.deepEqual(
    worstOf((iteration) => ({ ...iteration, timeToRestoreMs: 300 })),
    [],
  );
});

test('of many outliers the three furthest from the median are chosen, the furthest first', (t) => {
  const worst = worstOf(slow({ 3: 2000, 9: 5000, 12: 3000, 20: 4000 }), 40);
  t.deepEqual(
    worst.map(({ iteration }) => iteration.index),
    [9, 20, 12],
  );
});

test('a fast one, a warm-up and an invalid one are no outliers', (t) => {
  const times = slow({ 1: 9000, 4: 9000, 6: 1 });
  const change = (iteration: Iteration): Iteration => ({
    ...times(iteration),
    ...(iteration.index === 4 ? { verdict: 'invalid' as const } : {}),
  });
  t.deepEqual(worstOf(change), []);
});

test('of each kind of censored iterations the first is chosen, and said to be one of how many', (t) => {
  const censored = {
    verdict: 'censored',
    timeToRestoreMs: null,
    timeToReadyMs: null,
    timeToSettleMs: null,
  } as const;
  const worst = worstOf((iteration) => {
    if (iteration.index < 4) return slow({})(iteration);
    if (iteration.index < 7) return { ...iteration, ...censored, reason: 'not corrected within 2 min 0 s' };
    if (iteration.index === 7)
      return { ...iteration, ...censored, timeToRestoreMs: 300, reason: 'not ready within 2 min 0 s' };
    return slow({})(iteration);
  });
  t.deepEqual(
    worst.map(({ iteration, why }) => [iteration.index, why]),
    [
      [4, 'Censored, not corrected within 2 min 0 s; the first of 3 of its engine that was not restored.'],
      [7, 'Censored, not ready within 2 min 0 s; the only one of its engine that was not ready.'],
    ],
  );
});
