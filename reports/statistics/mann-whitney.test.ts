import test from 'ava';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { isNear } from '../testing/near.ts';
import {
  censored,
  givenUp,
  leukaemia6mp,
  leukaemiaPlacebo,
  observed,
  permeability,
} from '../testing/samples.ts';
import { mannWhitneyP } from './mann-whitney.ts';
import { doubledMidranks } from './rank-sums.ts';
import { latestValue, type Sample } from './sample.ts';

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** Swaps so many neighbouring pairs across the border of two separate arms of `size` that U becomes `u`. */
function armsWithU(size: number, u: number): [Sample[], Sample[]] {
  const [whole, rest] = [Math.floor(u / size), u % size];
  const first = range(1, size).map((value, index) => {
    if (index >= size - whole) return value + 1000;
    return index === size - whole - 1 ? size + rest + 0.5 : value;
  });
  return [observed(...first), observed(...range(size + 1, size))];
}

for (const [size, expected] of [
  [3, 0.1],
  [4, 0.02857],
  [5, 0.00794],
  [6, 0.00216],
] as const) {
  test(`complete separation of ${size} against ${size} gives the published smallest p`, (t) => {
    const p = mannWhitneyP(observed(...range(1, size)), observed(...range(100, size)));
    t.true(isNear(p, expected, 0.00001), `${p}`);
  });
}

for (const [size, critical] of [
  [5, 2],
  [6, 5],
  [7, 8],
  [8, 13],
  [10, 23],
] as const) {
  test(`the published critical value of U for ${size} against ${size} is the last below 0.05`, (t) => {
    t.true(mannWhitneyP(...armsWithU(size, critical)) <= 0.05);
    t.true(mannWhitneyP(...armsWithU(size, critical + 1)) > 0.05);
  });
}

/** Every choice of the first arm's members, one by one: slow and plainly right. */
function enumeratedP(first: readonly Sample[], second: readonly Sample[]): number {
  const values = [...first, ...second].map(latestValue);
  const ranks = values.map(
    (value) =>
      values.filter((other) => other < value).length +
      (values.filter((other) => other === value).length + 1) / 2,
  );
  const expected = (first.length * (values.length + 1)) / 2;
  const sums = range(0, 2 ** values.length)
    .map((mask) => ranks.filter((_, index) => (mask >> index) % 2 === 1))
    .filter((chosen) => chosen.length === first.length)
    .map((chosen) => Math.abs(chosen.reduce((sum, rank) => sum + rank, 0) - expected));
  const distance = Math.abs(ranks.slice(0, first.length).reduce((sum, rank) => sum + rank, 0) - expected);
  return sums.filter((sum) => sum >= distance).length / sums.length;
}

test('with ties, p is that of counting out every arrangement', (t) => {
  const random = xoroshiro128plus(7);
  const draw = (): number => uniformInt(random, 1, 4);
  for (let round = 0; round < 20; round += 1) {
    const first = observed(draw(), draw(), draw(), draw());
    const second = observed(draw(), draw(), draw(), draw(), draw());
    t.true(isNear(mannWhitneyP(first, second), enumeratedP(first, second), 1e-12));
  }
});

test('one tie across the arms, worked out by hand', (t) => {
  // Ranks 1, 2.5 | 2.5, 4: of the six rank sums 3.5 5 3.5 6.5 5 6.5 four lie as far from 5 as 3.5 does.
  t.true(isNear(mannWhitneyP(observed(1, 2), observed(2, 3)), 4 / 6, 1e-12));
});

test('arms that are all equal show no difference at any size', (t) => {
  t.is(mannWhitneyP(observed(5, 5, 5), observed(5, 5, 5, 5)), 1);
  t.is(mannWhitneyP(observed(...range(0, 50).map(() => 5)), observed(...range(0, 50).map(() => 5))), 1);
});

test('a sample that was censored after all others were observed ranks above them', (t) => {
  const restored = observed(10, 20, 30, 40, 50);
  const longer = observed(60, 60, 60, 60, 60);
  t.is(mannWhitneyP(restored, censored(50, 60, 60, 60, 70)), mannWhitneyP(restored, longer));
  t.is(mannWhitneyP(restored, givenUp(1, 1, 1, 1, 1)), mannWhitneyP(restored, longer));
});

test('a sample that was censored before any other was observed tells nothing', (t) => {
  t.is(mannWhitneyP(observed(10, 20, 30, 40, 50), censored(1, 1, 1, 1, 1)), 1);
});

test('where samples were censored before others were observed, it is Gehan’s test of the leukaemia trial', (t) => {
  // Gehan, Biometrika 52 (1965) 203: W = 271, and 3.6 standard errors from 0. The permutation variance is 5644.39,
  // and p = 0.00030961 without the correction for continuity (numpy 2.4.6, scipy 1.17.1).
  const scores = doubledMidranks([...leukaemia6mp, ...leukaemiaPlacebo]).map((rank) => rank - 43);
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const statistic = sum(scores.slice(0, 21));
  t.is(statistic, 271);
  const variance = (21 * 21 * sum(scores.map((score) => score ** 2))) / (42 * 41);
  t.true(isNear(variance, 5644.390244, 1e-6));
  t.true(isNear(mannWhitneyP(leukaemia6mp, leukaemiaPlacebo), 0.00031, 0.00015));
});

test('Gehan’s test is exact: its p is that of counting out every arrangement', (t) => {
  // Counted out with Python's itertools: 52 of the 252 arrangements lie as far from the middle.
  const first = [...observed(3, 8, 12), ...censored(5, 20)];
  const second = [...observed(9, 14, 30), ...censored(15, 40)];
  t.true(isNear(mannWhitneyP(first, second), 52 / 252, 1e-12));
});

test('p is that of R’s wilcox.test and of scipy 1.17.1 on the permeability data of Hollander and Wolfe', (t) => {
  // The example of ?wilcox.test (Hollander and Wolfe 1973, page 69): p = 0.1272 one-sided, 0.2544 two-sided.
  t.true(isNear(mannWhitneyP(permeability.atTerm, permeability.early), 0.2544122544, 1e-9));
});

test('p is that of scipy 1.17.1, mannwhitneyu with method="exact", for small arms', (t) => {
  const [slow, fast] = [observed(5.2, 6.1, 7.7, 8.4, 9.9, 11.3), observed(0.31, 0.33, 0.35, 0.42, 0.44, 6.5)];
  t.true(isNear(mannWhitneyP(slow, fast), 0.008658008658, 1e-9));
  const four = mannWhitneyP(observed(3.1, 4.7, 5, 8.8), observed(1.2, 2.9, 3.3, 3.9));
  t.true(isNear(four, 0.1142857143, 1e-9));
  t.is(mannWhitneyP(observed(1), observed(2)), 1);
});

test('with ties, p is that of scipy 1.17.1, permutation_test of the distance of the rank sum', (t) => {
  const pairs = [
    [[1, 2, 2, 3, 5], [2, 3, 4, 4, 5, 6], 0.1688311688],
    [[2, 2, 4, 6, 8, 8], [2, 4, 4, 4, 6, 6], 0.7987012987],
    [[1, 1, 2], [2, 2, 3], 0.3],
  ] as const;
  for (const [first, second, p] of pairs) {
    t.true(isNear(mannWhitneyP(observed(...first), observed(...second)), p, 1e-9));
  }
});

test('above the exact limit, p is that of scipy 1.17.1, mannwhitneyu with method="asymptotic"', (t) => {
  const tied = range(0, 45).map((index) => index % 9);
  const raised = tied.map((value, index) => value + (index % 3 === 0 ? 1 : 0));
  t.true(isNear(mannWhitneyP(observed(...tied), observed(...raised)), 0.5439834173, 1e-6));
  const even = range(0, 50).map((index) => 2 * index);
  const shifted = even.map((value) => value + 13);
  t.true(isNear(mannWhitneyP(observed(...even), observed(...shifted)), 0.0364139825, 1e-6));
});

test('the order of the arms does not matter', (t) => {
  const [first, second] = [observed(1, 4, 6, 9), observed(2, 3, 3, 12, 20)];
  t.is(mannWhitneyP(first, second), mannWhitneyP(second, first));
});

test('above the exact limit the approximation agrees with the exact test just below it', (t) => {
  const first = range(0, 40).map((index) => index * 2);
  const second = range(0, 40).map((index) => index * 2 + 13);
  const exact = mannWhitneyP(observed(...first), observed(...second));
  const approximate = mannWhitneyP(observed(...first, 39.5), observed(...second, 52.5));
  t.true(isNear(exact, approximate, 0.002), `${exact} ${approximate}`);
  t.true(exact > 0.01 && exact < 0.05, `${exact}`);
});
