import test from 'ava';
import type { Spread } from '../record/schema.ts';
import { distributionOf } from './distribution.ts';

const uniform = (fromMs: number, toMs: number): Spread => ({ kind: 'uniform', fromMs, toMs });
const constant = (ms: number): Spread => ({ kind: 'constant', ms });
const empirical = (...samplesMs: number[]): Spread => ({ kind: 'empirical', samplesMs });

function near(value: number, expected: number, by: number): boolean {
  return Math.abs(value - expected) <= by;
}

test('a uniform time is uniform', (t) => {
  const { cdf, quantile } = distributionOf([uniform(0, 600_000)]);
  for (const share of [0.05, 0.25, 0.5, 0.95]) {
    t.true(near(cdf(600_000 * share), share, 0.001), `${share}`);
    t.true(near(quantile(share), 600_000 * share, 600), `${share}`);
  }
  t.deepEqual([cdf(-1000), cdf(700_000)], [0, 1]);
});

test('two uniform times add up to a triangle', (t) => {
  const { cdf } = distributionOf([uniform(0, 1000), uniform(1000, 2000)]);
  for (const ms of [1000, 1250, 1500, 2000, 2500, 2900]) {
    const over = (ms - 1000) / 1000;
    const expected = over <= 1 ? over ** 2 / 2 : 1 - (2 - over) ** 2 / 2;
    t.true(near(cdf(ms), expected, 0.001), `${ms}: ${cdf(ms)} is not ${expected}`);
  }
});

test('constants shift, and negative ones shift back', (t) => {
  const { quantile } = distributionOf([uniform(0, 1000), constant(60_000), constant(-500)]);
  t.true(near(quantile(0.5), 60_000, 1));
});

test('constants alone are certain', (t) => {
  const { cdf, quantile } = distributionOf([constant(300), constant(200)]);
  t.deepEqual([cdf(499), cdf(501)], [0, 1]);
  t.true(near(quantile(0.5), 500, 0.01));
});

test('samples are as likely as each other, and a mixture is as its weights say', (t) => {
  const measured = distributionOf([empirical(100, 200, 300, 400)]);
  t.deepEqual(
    [50, 150, 250, 350, 450].map((ms) => Math.round(measured.cdf(ms) * 100) / 100),
    [0, 0.25, 0.5, 0.75, 1],
  );
  const ranges = [
    { fromMs: 0, toMs: 100, weight: 3 },
    { fromMs: 1000, toMs: 1000, weight: 1 },
  ];
  const mixed = distributionOf([{ kind: 'mixture', ranges }]);
  t.true(near(mixed.cdf(50), 0.375, 0.005));
  t.true(near(mixed.cdf(500), 0.75, 1e-9));
  t.is(mixed.cdf(1001), 1);
});

test('the mean of a sum is the sum of the means', (t) => {
  const { quantile } = distributionOf([uniform(0, 2000), empirical(130, 180, 250), uniform(0, 100)]);
  const shares = Array.from({ length: 1000 }, (_, index) => (index + 0.5) / 1000);
  const mean = shares.reduce((sum, share) => sum + quantile(share), 0) / shares.length;
  t.true(near(mean, 1000 + 560 / 3 + 50, 2), `${mean}`);
});
