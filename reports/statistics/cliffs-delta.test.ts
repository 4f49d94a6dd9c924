import test from 'ava';
import { censored, givenUp, observed } from '../testing/samples.ts';
import { cliffsDelta } from './cliffs-delta.ts';

test('it runs from -1, always shorter, to 1, always longer', (t) => {
  t.is(cliffsDelta(observed(1, 2), observed(3, 4)), -1);
  t.is(cliffsDelta(observed(3, 4), observed(1, 2)), 1);
  t.is(cliffsDelta(observed(5, 5), observed(5)), 0);
});

test('pairs that tie count for neither side', (t) => {
  // 1<2 1<3 2=2 2<3: three shorter, none longer, of four.
  t.is(cliffsDelta(observed(1, 2), observed(2, 3)), -0.75);
});

test('a censored sample is longer than what came before it, and counts for neither side against the rest', (t) => {
  t.is(cliffsDelta(censored(9), observed(9)), 1);
  t.is(cliffsDelta(censored(1), observed(9)), 0);
  t.is(cliffsDelta(censored(1), censored(9)), 0);
  t.is(cliffsDelta(givenUp(1), observed(9)), 1);
});

test('on the example data of cliff.delta of R’s effsize it is what scipy 1.17.1 gives: 2 U / (10 * 6) - 1', (t) => {
  const treatment = observed(10, 10, 20, 20, 20, 30, 30, 30, 40, 50);
  t.is(cliffsDelta(treatment, observed(10, 20, 30, 40, 40, 50)), -0.25);
});

test('one sample against one, and samples that are all equal', (t) => {
  t.is(cliffsDelta(observed(2), observed(1)), 1);
  t.is(cliffsDelta(observed(5, 5, 5), observed(5, 5)), 0);
});
