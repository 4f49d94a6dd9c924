import test from 'ava';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { observed } from '../testing/samples.ts';
import { mannWhitneyP } from './mann-whitney.ts';
import { leastConclusiveSamples, neededSamples } from './needed-samples.ts';

/** Cliff's delta where one arm is longer than the other with this probability. */
const deltaOf = (probability: number): number => 2 * probability - 1;

test('the number is that of the documented example of size.test.mann in R’s statpsych 1.4', (t) => {
  t.is(neededSamples({ delta: deltaOf(0.3), level: 0.05, power: 0.9 }), 44);
});

test('the number is that of Noether’s formula with the normal quantiles of scipy 1.17.1', (t) => {
  // 20.93, 57.37 and 24.19 before rounding up.
  t.is(neededSamples({ delta: deltaOf(0.75), level: 0.05, power: 0.8 }), 21);
  t.is(neededSamples({ delta: deltaOf(0.349), level: 0.05, power: 0.8 }), 58);
  t.is(neededSamples({ delta: deltaOf(0.8), level: 0.05 / 9, power: 0.8 }), 25);
});

test('the direction of the difference does not matter', (t) => {
  const wish = { level: 0.05, power: 0.8 };
  t.is(neededSamples({ ...wish, delta: 0.4 }), neededSamples({ ...wish, delta: -0.4 }));
});

test('no number of samples shows a difference that is not there', (t) => {
  t.is(neededSamples({ delta: 0, level: 0.05, power: 0.8 }), null);
});

test('the fewest samples are those of the published smallest p: 2/252, 2/924, 2/3432', (t) => {
  t.deepEqual(
    [0.05, 0.0079, 0.05 / 9, 0.0021, 0.0006, 0.00058].map(leastConclusiveSamples),
    [5, 6, 6, 7, 7, 8],
  );
});

test('even arms that lie wholly apart need as many samples as the exact test does', (t) => {
  t.is(neededSamples({ delta: 1, level: 0.0021, power: 0.5 }), 7);
  const apart = [observed(1, 2, 3, 4, 5, 6, 7), observed(11, 12, 13, 14, 15, 16, 17)] as const;
  t.true(mannWhitneyP(...apart) < 0.0021);
});

test('with so many samples the exact test shows the difference about as often as was asked for', (t) => {
  const random = xoroshiro128plus(11);
  const draw = (): number => -Math.log(1 - uniformFloat64(random));
  // Of two exponential times, the one with three times the mean is longer with probability 3/4.
  const size = neededSamples({ delta: deltaOf(0.75), level: 0.05, power: 0.8 }) ?? 0;
  const arm = (mean: number) => observed(...Array.from({ length: size }, () => mean * draw()));
  const rounds = 400;
  const shown = Array.from({ length: rounds }, () => mannWhitneyP(arm(3), arm(1))).filter((p) => p < 0.05);
  t.true(shown.length / rounds > 0.74 && shown.length / rounds < 0.88, `${shown.length / rounds}`);
});
