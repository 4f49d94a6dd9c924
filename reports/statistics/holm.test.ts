import test from 'ava';
import { holm } from './holm.ts';

const rounded = (values: number[]): number[] => values.map((value) => Math.round(value * 1e6) / 1e6);

test('each p is multiplied by the number of those not smaller, and never falls below a smaller one', (t) => {
  // Sorted 0.005 0.01 0.03 0.04 times 4 3 2 1: 0.02 0.03 0.06 0.04, the last raised to 0.06.
  t.deepEqual(rounded(holm([0.01, 0.04, 0.03, 0.005])), [0.03, 0.06, 0.06, 0.02]);
});

test('a single p stays as it is, and none rises above 1', (t) => {
  t.deepEqual(holm([0.03]), [0.03]);
  t.deepEqual(holm([0.9, 0.8]), [1, 1]);
  t.deepEqual(holm([]), []);
});

test('the corrected values are those of statsmodels 0.15.0, multipletests with method="holm", ties included', (t) => {
  const values = [0.0022, 0.0411, 0.0152, 0.0022, 0.3095, 0.0649, 0.0087, 0.8182, 1];
  t.deepEqual(rounded(holm(values)), [0.0198, 0.2055, 0.0912, 0.0198, 0.9285, 0.2596, 0.0609, 1, 1]);
});
