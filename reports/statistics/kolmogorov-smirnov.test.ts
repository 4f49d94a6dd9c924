import test from 'ava';
import { criticalDistance, kolmogorovSmirnov, tailProbability } from './kolmogorov-smirnov.ts';

function about(
  t: { true: (value: boolean, message: string) => unknown },
  value: number,
  expected: number,
  by: number,
) {
  t.true(Math.abs(value - expected) <= by, `${value} is not ${expected}`);
}

test("the distribution is that of Marsaglia, Tsang and Wang's own example", (t) => {
  about(t, 1 - tailProbability(10, 0.274), 0.6284796154565, 1e-12);
});

test('the critical distances are those of the published table (Miller 1956)', (t) => {
  const table: readonly [number, number, number][] = [
    [1, 0.05, 0.975],
    [5, 0.05, 0.56328],
    [6, 0.05, 0.51926],
    [10, 0.05, 0.40925],
    [10, 0.01, 0.48893],
    [20, 0.05, 0.29408],
    [40, 0.05, 0.21012],
    [100, 0.05, 0.13403],
  ];
  for (const [count, significance, expected] of table) {
    about(t, criticalDistance(count, significance), expected, 2e-5);
  }
});

test('two samples have the closed form 1 - 2(1 - d)²', (t) => {
  for (const distance of [0.5, 0.6, 0.9]) {
    about(t, 1 - tailProbability(2, distance), 1 - 2 * (1 - distance) ** 2, 1e-12);
  }
});

test('the limit takes over without a step', (t) => {
  about(t, tailProbability(401, 0.05), tailProbability(400, 0.05), 0.002);
  about(t, tailProbability(40, 0.4255), tailProbability(40, 0.4252), 1e-6);
});

test('samples spread evenly fit, and samples on one side do not', (t) => {
  const even = kolmogorovSmirnov([0.1, 0.3, 0.5, 0.7, 0.9]);
  about(t, even.distance, 0.1, 1e-12);
  about(t, even.p, 1, 1e-9);
  const late = kolmogorovSmirnov([1, 1, 1, 1, 1]);
  t.deepEqual([late.distance, late.p, late.count], [1, 0, 5]);
  const low = kolmogorovSmirnov([0.01, 0.02, 0.03, 0.04, 0.05, 0.06]);
  about(t, low.distance, 0.94, 1e-12);
  t.true(low.p < 1e-5);
});
