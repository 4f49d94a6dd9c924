import test from 'ava';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { censored, observed } from '../testing/samples.ts';
import { mannWhitneyP } from './mann-whitney.ts';
import { rankedValue, type Sample } from './sample.ts';

const near = (actual: number, expected: number, tolerance: number): boolean =>
  Math.abs(actual - expected) <= tolerance;

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
    t.true(near(p, expected, 0.00001), `${p}`);
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
  const values = [...first, ...second].map(rankedValue);
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
    t.true(near(mannWhitneyP(first, second), enumeratedP(first, second), 1e-12));
  }
});

test('one tie across the arms, worked out by hand', (t) => {
  // Ranks 1, 2.5 | 2.5, 4: of the six rank sums 3.5 5 3.5 6.5 5 6.5 four lie as far from 5 as 3.5 does.
  t.true(near(mannWhitneyP(observed(1, 2), observed(2, 3)), 4 / 6, 1e-12));
});

test('arms that are all equal show no difference at any size', (t) => {
  t.is(mannWhitneyP(observed(5, 5, 5), observed(5, 5, 5, 5)), 1);
  t.is(mannWhitneyP(observed(...range(0, 50).map(() => 5)), observed(...range(0, 50).map(() => 5))), 1);
});

test('a censored sample ranks above every observed one, however short it was watched', (t) => {
  const restored = observed(10, 20, 30, 40, 50);
  t.is(mannWhitneyP(restored, censored(1, 1, 1, 1, 1)), mannWhitneyP(restored, observed(60, 60, 60, 60, 60)));
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
  t.true(near(exact, approximate, 0.002), `${exact} ${approximate}`);
  t.true(exact > 0.01 && exact < 0.05, `${exact}`);
});
