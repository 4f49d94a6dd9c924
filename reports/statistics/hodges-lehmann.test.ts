import test from 'ava';
import { isNear } from '../testing/near.ts';
import { censored, observed, permeability } from '../testing/samples.ts';
import { hodgesLehmann } from './hodges-lehmann.ts';

const equal = (valueMs: number) => ({ valueMs, relation: 'equal' as const });

test('the difference is the median of all pair differences', (t) => {
  // 10-1 10-4 12-1 12-4: 9 6 11 8
  t.deepEqual(hodgesLehmann(observed(10, 12), observed(1, 4))?.estimate, equal(8.5));
});

test('a shift of one arm is found exactly', (t) => {
  const second = [3, 8, 15, 21, 40, 77];
  const difference = hodgesLehmann(observed(...second.map((value) => value + 1000)), observed(...second));
  t.deepEqual(difference?.estimate, equal(1000));
});

test('5 against 5 takes the third pair difference from either end, as the published tables do', (t) => {
  // P(U <= 2) = 4/252 is below 0.025, P(U <= 3) = 7/252 is above it: the interval starts at the third.
  const difference = hodgesLehmann(observed(101, 102, 104, 108, 116), observed(0, 0.1, 0.2, 0.3, 0.4));
  t.deepEqual(difference?.interval?.low, equal(101 - 0.2));
  t.deepEqual(difference?.interval?.high, equal(116 - 0.2));
});

test('estimate and interval are those of R’s wilcox.test on the permeability data of Hollander and Wolfe', (t) => {
  // Difference in location 0.305, interval -0.15 to 0.76; the same from inverting scipy 1.17.1's exact mannwhitneyu.
  const { estimate, interval } = hodgesLehmann(permeability.atTerm, permeability.early) ?? {};
  t.true(isNear(estimate?.valueMs, 0.305));
  t.true(isNear(interval?.low.valueMs, -0.15) && isNear(interval?.high.valueMs, 0.76));
});

test('the intervals of small arms are those of inverting the exact mannwhitneyu of scipy 1.17.1', (t) => {
  const six = hodgesLehmann(
    observed(5.2, 6.1, 7.7, 8.4, 9.9, 11.3),
    observed(0.31, 0.33, 0.35, 0.42, 0.44, 6.5),
  );
  t.true(isNear(six?.estimate.valueMs, 7.315));
  t.true(isNear(six?.interval?.low.valueMs, 4.76) && isNear(six?.interval?.high.valueMs, 9.59));
  const four = hodgesLehmann(observed(3.1, 4.7, 5, 8.8), observed(1.2, 2.9, 3.3, 3.9));
  t.true(isNear(four?.estimate.valueMs, 1.85));
  t.true(isNear(four?.interval?.low.valueMs, -0.8) && isNear(four?.interval?.high.valueMs, 7.6));
});

test('a difference that censoring could move is only a bound', (t) => {
  // 60 - 1, 60 - 59 twice, and more than 61 - 1 and 61 - 59: the last may lie anywhere above 2.
  const difference = hodgesLehmann([...observed(60, 60), ...censored(61)], observed(1, 59));
  t.deepEqual(difference?.estimate, { valueMs: 30.5, relation: 'moreThan' });
});

test('3 against 3 is too little for a 95 % interval', (t) => {
  const difference = hodgesLehmann(observed(1, 2, 3), observed(10, 20, 30));
  t.is(difference?.interval, null);
  t.deepEqual(difference?.estimate, equal(-18));
});

test('where the longer arm is censored, the difference is more than its bound', (t) => {
  const difference = hodgesLehmann(censored(300, 300, 300, 300, 300), observed(1, 2, 3, 4, 5));
  t.deepEqual(difference?.estimate, { valueMs: 297, relation: 'moreThan' });
  t.deepEqual(difference?.interval?.low, { valueMs: 295, relation: 'moreThan' });
});

test('where the second arm is censored, the difference is less than its bound', (t) => {
  const difference = hodgesLehmann(observed(1, 2, 3, 4, 5), censored(300, 300, 300, 300, 300));
  t.deepEqual(difference?.estimate, { valueMs: -297, relation: 'lessThan' });
});

test('where few of one arm are censored, the difference is still a figure', (t) => {
  const difference = hodgesLehmann(
    [...observed(100, 101, 102, 103, 104), ...censored(300)],
    observed(0, 0, 0, 0, 0),
  );
  t.deepEqual(difference?.estimate, equal(102.5));
});

test('where both arms are censored there is no difference to give', (t) => {
  t.is(hodgesLehmann([...observed(1), ...censored(9)], [...observed(2), ...censored(9)]), null);
});

test('arms that are all equal differ by nothing', (t) => {
  const difference = hodgesLehmann(observed(7, 7, 7, 7, 7), observed(7, 7, 7, 7, 7));
  t.deepEqual(difference, { estimate: equal(0), interval: { low: equal(0), high: equal(0) } });
});

test('large arms keep an interval that holds the estimate', (t) => {
  const second = Array.from({ length: 60 }, (_, index) => index);
  const difference = hodgesLehmann(observed(...second.map((value) => value + 10)), observed(...second));
  t.is(difference?.estimate.valueMs, 10);
  // mean 1800, deviation sqrt(60 * 60 * 121 / 12) = 190.5: the 1426th of 3600 pair differences from either end.
  t.true((difference?.interval?.low.valueMs ?? 0) < 10 && (difference?.interval?.low.valueMs ?? 0) > 0);
  t.is((difference?.interval?.low.valueMs ?? 0) + (difference?.interval?.high.valueMs ?? 0), 20);
});
