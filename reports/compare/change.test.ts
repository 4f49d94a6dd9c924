import test from 'ava';
import type { Iteration } from '../record/schema.ts';
import { changeSentence } from './change-words.ts';
import { changeOf, compare, made, moved } from './comparison-for-tests.ts';

test('what became slower beyond doubt is a regression, with its size and certainty', (t) => {
  const comparison = compare(made(), made({ seed: 2, change: moved(900) }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'regression');
  t.is(change.comparison.delta, 1);
  const sentence = changeSentence(change, comparison.selection.baseline);
  t.regex(
    sentence,
    /^REGRESSION: B took \d+ ms longer than A \(difference with 95 % from \d+ ms to \d+ ms\), \d\.\d\d times as long/,
  );
  t.regex(sentence, /Holm-corrected p < 0\.001, n 8 and 8\.$/);
  t.regex(
    comparison.headlines[0]?.sentence ?? '',
    /^B against A: 1 regression \(Argo CD after scale-to-zero: restore\)/,
  );
});

test('what became faster beyond doubt is an improvement', (t) => {
  const comparison = compare(made({ change: moved(900) }), made({ seed: 2 }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'improvement');
  t.regex(
    changeSentence(change, comparison.selection.baseline),
    /^improvement: B took \d+ ms shorter than A/,
  );
});

test('times of the same kind show no change, and the sentence does not call them equal', (t) => {
  const comparison = compare(made(), made({ seed: 2 }));
  const change = changeOf(comparison, { engine: 'flux' });
  t.is(change.verdict, 'noChangeShown');
  t.regex(changeSentence(change, comparison.selection.baseline), /That does not show that they are equal\./);
  t.false(comparison.changes.some(({ verdict }) => verdict === 'regression' || verdict === 'improvement'));
});

/** Every measured time of Argo CD to restore near a value, so that small differences show. */
function steady(valueMs: number): (iteration: Iteration) => Iteration {
  return (iteration) =>
    iteration.engine === 'argocd'
      ? { ...iteration, timeToRestoreMs: valueMs + (iteration.index % 7) }
      : iteration;
}

test('a difference that can be shown, but is within the practical minimum, is the same', (t) => {
  const comparison = compare(made({ change: steady(400) }), made({ seed: 2, change: steady(420) }));
  const change = changeOf(comparison, {});
  t.true((change.comparison.correctedP ?? 1) < 0.05);
  t.is(change.minimumMs, 50);
  t.is(change.verdict, 'same');
  t.regex(changeSentence(change, comparison.selection.baseline), /^the same, to within 50 ms/);
});

test('a shown difference below the minimum, whose interval goes beyond it, is named as small', (t) => {
  const wide = (baseMs: number) => (iteration: Iteration) => ({
    ...iteration,
    timeToRestoreMs: baseMs + (iteration.index % 8) * 15,
  });
  const comparison = compare(
    made({ disturbances: ['scale-to-zero'], iterations: 24, change: wide(400) }),
    made({ seed: 2, disturbances: ['scale-to-zero'], iterations: 24, change: wide(440) }),
  );
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'small');
  t.regex(changeSentence(change, comparison.selection.baseline), /Nothing below 50 ms is named a change/);
});

test('a tenth of the median is the minimum where that is more', (t) => {
  const comparison = compare(made({ change: steady(4000) }), made({ seed: 2, change: steady(4300) }));
  t.is(changeOf(comparison, {}).verdict, 'same');
  t.true(changeOf(comparison, {}).minimumMs > 390);
});

test('what is not corrected any more is a regression of at least the time watched', (t) => {
  const lost = (iteration: Iteration): Iteration =>
    iteration.engine === 'argocd'
      ? {
          ...iteration,
          verdict: 'censored',
          timeToDetectMs: null,
          timeToRestoreMs: null,
          timeToReadyMs: null,
          timeToSettleMs: null,
          watchedForMs: 300_000,
        }
      : iteration;
  const comparison = compare(made(), made({ seed: 2, change: lost }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'regression');
  t.regex(
    changeSentence(change, comparison.selection.baseline),
    /B took more than \d min \d+ s longer than A .*medians not corrected in B and \d+ ms in A/,
  );
  t.is(changeOf(comparison, { engine: 'flux', disturbance: 'edit-env' }).verdict, 'neither');
});

test('with few iterations nothing is claimed, however large the difference', (t) => {
  const comparison = compare(made({ iterations: 4 }), made({ seed: 2, iterations: 4, change: moved(9000) }));
  t.true(comparison.changes.every(({ verdict }) => ['notEnoughData', 'neither'].includes(verdict)));
  const sentence = changeSentence(changeOf(comparison, {}), comparison.selection.baseline);
  t.regex(sentence, /^not enough data: n 4 and 4, and at least \d+ of each are needed/);
});
