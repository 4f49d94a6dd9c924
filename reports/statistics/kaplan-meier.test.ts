import test from 'ava';
import { isNear } from '../testing/near.ts';
import { censored, givenUp, leukaemia6mp, leukaemiaPlacebo, observed } from '../testing/samples.ts';
import { curveMedianInterval, curveQuantile, kaplanMeier, restrictedMean } from './kaplan-meier.ts';

const equal = (valueMs: number) => ({ valueMs, relation: 'equal' as const });
const moreThan = (valueMs: number) => ({ valueMs, relation: 'moreThan' as const });

test('the curve of the leukaemia trial has the published shares and Greenwood’s standard errors', (t) => {
  // The shares stand in every textbook; the errors are those of scipy 1.17.1, stats.ecdf with the linear interval.
  const published = [
    [6, 0.857, 0.0764],
    [7, 0.807, 0.0869],
    [10, 0.753, 0.0963],
    [13, 0.69, 0.1068],
    [16, 0.627, 0.1141],
    [22, 0.538, 0.1282],
    [23, 0.448, 0.1346],
  ] as const;
  const { steps, endMs } = kaplanMeier(leukaemia6mp);
  t.deepEqual(
    steps.map(({ atMs }) => atMs),
    published.map(([atMs]) => atMs),
  );
  for (const [index, [, share, standardError]] of published.entries()) {
    t.true(isNear(steps[index]?.share, share, 0.0005));
    t.true(isNear(steps[index]?.standardError, standardError, 0.00005));
  }
  t.is(endMs, 35);
});

test('the band of the leukaemia trial is that of lifelines 0.30.3 and scipy 1.17.1 with log-log', (t) => {
  const expected = [
    [0.61971796, 0.95155175],
    [0.56314656, 0.92280902],
    [0.50319951, 0.88936184],
    [0.43161022, 0.84906596],
    [0.36751086, 0.80491219],
    [0.26777894, 0.74679072],
    [0.18805201, 0.68014263],
  ] as const;
  const { steps } = kaplanMeier(leukaemia6mp);
  for (const [index, [low, high]] of expected.entries()) {
    t.true(isNear(steps[index]?.band?.low, low, 1e-6) && isNear(steps[index]?.band?.high, high, 1e-6));
  }
});

test('medians, their intervals and restricted means of the leukaemia trial are those of lifelines 0.30.3', (t) => {
  const [treated, placebo] = [kaplanMeier(leukaemia6mp), kaplanMeier(leukaemiaPlacebo)];
  t.deepEqual(curveQuantile(treated, 0.5), equal(23));
  t.deepEqual(curveMedianInterval(treated), { low: equal(13), high: moreThan(35) });
  t.deepEqual(curveQuantile(placebo, 0.5), equal(8));
  t.deepEqual(curveMedianInterval(placebo), { low: equal(4), high: equal(11) });
  t.true(isNear(restrictedMean(treated, 20), 16.1165266, 1e-6));
  t.true(isNear(restrictedMean(treated, 30), 21.0464986, 1e-6));
  t.true(isNear(restrictedMean(treated, 35), 23.2873949, 1e-6));
  t.true(isNear(restrictedMean(placebo, 20), 8.4285714, 1e-6));
});

test('a sample that is censored at the moment at which another is observed is still at risk then', (t) => {
  // 12, 15, 15+, 20+, 22, 22+, 30, 41+: the shares of lifelines 0.30.3 and scipy 1.17.1.
  const curve = kaplanMeier([...observed(12, 15, 22, 30), ...censored(15, 20, 22, 41)]);
  t.deepEqual(
    curve.steps.map(({ share }) => share),
    [0.875, 0.75, 0.5625, 0.28125],
  );
  t.true(
    isNear(curve.steps[3]?.band?.low, 0.01352603, 1e-7) &&
      isNear(curve.steps[3]?.band?.high, 0.68801738, 1e-7),
  );
  t.deepEqual(curveQuantile(curve, 0.5), equal(30));
  t.is(restrictedMean(curve, 40), 27.1875);
  t.is(restrictedMean(curve, 25), 21.5625);
});

test('without censoring the curve is the share of samples that are longer', (t) => {
  const curve = kaplanMeier(observed(3, 1, 2, 4));
  t.deepEqual(
    curve.steps.map(({ atMs, share }) => [atMs, share]),
    [
      [1, 0.75],
      [2, 0.5],
      [3, 0.25],
      [4, 0],
    ],
  );
  t.is(curve.steps.at(-1)?.band, null);
  t.deepEqual(curveQuantile(curve, 0.5), equal(2.5), 'the middle of the step at one half, as in R');
  t.is(restrictedMean(curve, 100), 2.5, 'the mean');
});

test('where all are censored the curve never falls', (t) => {
  const curve = kaplanMeier(censored(100, 120, 110));
  t.deepEqual(curve, { steps: [], endMs: 120, knownUntilMs: 120 });
  t.deepEqual(curveQuantile(curve, 0.5), moreThan(120));
  t.deepEqual(curveMedianInterval(curve), { low: moreThan(120), high: moreThan(120) });
  t.is(restrictedMean(curve, 120), 120);
  t.is(restrictedMean(curve, 121), null, 'nothing is known beyond the end');
});

test('equal samples fall in one step, and one sample is its own median without a band', (t) => {
  for (const samples of [observed(7, 7, 7), observed(7)]) {
    const curve = kaplanMeier(samples);
    t.deepEqual(curve.steps, [{ atMs: 7, share: 0, standardError: 0, band: null }]);
    t.deepEqual(curveQuantile(curve, 0.5), equal(7));
    t.is(restrictedMean(curve, 9), 7);
  }
});

test('a curve that ends flat at one half has a median of which only the bound is known', (t) => {
  t.deepEqual(curveQuantile(kaplanMeier([...observed(1, 2), ...censored(9, 9)]), 0.5), moreThan(2));
});

test('what the engine gave up stays at risk: it does not make the others count for more', (t) => {
  const gaveUp = kaplanMeier([...observed(6), ...givenUp(5, 5, 5, 5, 5)]);
  t.deepEqual(
    gaveUp.steps.map(({ share }) => share),
    [5 / 6],
  );
  // 6 ms of all, then 6 of five sixths: what nobody goes on with is known to last.
  t.true(isNear(restrictedMean(gaveUp, 12), 11));
  const watchedForLess = kaplanMeier([...observed(6), ...censored(5, 5, 5, 5, 5)]);
  t.is(watchedForLess.steps[0]?.share, 0);
});
