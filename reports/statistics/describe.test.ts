import test from 'ava';
import { isNear } from '../testing/near.ts';
import { censored, givenUp, leukaemia6mp, observed } from '../testing/samples.ts';
import { describe } from './describe.ts';

const equal = (valueMs: number) => ({ valueMs, relation: 'equal' as const });

test('quantiles are interpolated as R type 7 does', (t) => {
  const description = describe(observed(3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20), 1);
  t.deepEqual(description?.median, equal(9));
  t.deepEqual(description?.p90, equal(16));
  t.deepEqual(description?.p95, equal(18));
  t.deepEqual(description?.lowerQuartile, equal(7.5));
  t.deepEqual([description?.min, description?.max], [equal(3), equal(20)]);
});

test('no samples have no description', (t) => {
  t.is(describe([], 1), null);
});

test('one sample is its own median and has no interval', (t) => {
  const description = describe(observed(42), 1);
  t.deepEqual(description?.median, equal(42));
  t.is(description?.medianInterval, null);
});

test('the bootstrap interval is the same for the same seed and holds the median', (t) => {
  const samples = observed(4.1, 5.3, 6.2, 7.7, 9.8, 15.2);
  const first = describe(samples, 99)?.medianInterval;
  t.deepEqual(first, describe(samples.toReversed(), 99)?.medianInterval);
  t.true((first?.low.valueMs ?? Infinity) < 6.95 && (first?.high.valueMs ?? 0) > 6.95);
});

test('the bootstrap interval of five samples ends where the exact bootstrap distribution says', (t) => {
  // The median of a resample is the smallest value with P = 0.058 and at most the second with P = 0.317: 2.5 % lies in the first.
  t.deepEqual(describe(observed(10, 20, 30, 40, 50), 5)?.medianInterval, { low: equal(10), high: equal(50) });
});

test('equal samples have an interval of no width', (t) => {
  t.deepEqual(describe(observed(5, 5, 5, 5, 5), 1)?.medianInterval, { low: equal(5), high: equal(5) });
});

test('fewer than half censored: the median is a figure, the upper quantiles are bounds', (t) => {
  const description = describe([...observed(1, 2, 3, 4), ...censored(100, 100)], 1);
  t.deepEqual(description?.median, equal(3.5));
  t.deepEqual(description?.max, { valueMs: 100, relation: 'moreThan' });
  t.is(description?.p90.relation, 'moreThan');
  t.is(description?.censoredCount, 2);
});

test('half or more censored: the median is only more than a bound', (t) => {
  t.deepEqual(describe([...observed(1, 2, 3), ...censored(100, 100, 100)], 1)?.median, {
    valueMs: 51.5,
    relation: 'moreThan',
  });
  t.deepEqual(describe(censored(100, 100, 100, 100, 100), 1)?.medianInterval?.low, {
    valueMs: 100,
    relation: 'moreThan',
  });
});

test('the quantiles of six samples are those of numpy 2.4.6, quantile with method="linear"', (t) => {
  const description = describe(observed(3.2, 0.42, 7.7, 1.1, 5.05, 2.8), 1);
  const { lowerQuartile, median, upperQuartile, p90, p95 } = description ?? {};
  const quantiles = [lowerQuartile, median, upperQuartile, p90, p95].map((estimate) => estimate?.valueMs);
  for (const [index, expected] of [1.525, 3, 4.5875, 6.375, 7.0375].entries()) {
    t.true(isNear(quantiles[index], expected));
  }
});

test('samples that were censored before others were observed are described by the Kaplan-Meier curve', (t) => {
  const description = describe(leukaemia6mp, 1);
  t.is(description?.basis, 'curve');
  t.deepEqual(description?.median, equal(23), 'by ranks it would be only a bound');
  t.deepEqual(description?.medianInterval, { low: equal(13), high: { valueMs: 35, relation: 'moreThan' } });
  t.deepEqual(description?.lowerQuartile, equal(13));
  t.deepEqual(description?.p90, { valueMs: 35, relation: 'moreThan' });
  t.deepEqual([description?.min, description?.max], [equal(6), { valueMs: 35, relation: 'moreThan' }]);
});

test('what the engine gave up ranks last, however early that was', (t) => {
  const description = describe([...observed(10, 20, 30, 40), ...givenUp(5, 5)], 1);
  t.is(description?.basis, 'ranks');
  t.deepEqual(description?.median, equal(35));
});
