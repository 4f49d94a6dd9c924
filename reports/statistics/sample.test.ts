import test from 'ava';
import { censored, givenUp, observed } from '../testing/samples.ts';
import { hasUnknownOrder, knownOrder, type Sample } from './sample.ts';

function order(first: readonly Sample[], second: readonly Sample[]): number {
  const [left, right] = [first[0], second[0]];
  if (left === undefined || right === undefined) throw new Error('one sample of each is needed');
  return knownOrder(left, right);
}

test('observed samples are ordered by their values', (t) => {
  t.deepEqual([order(observed(1), observed(2)), order(observed(2), observed(1))], [-1, 1]);
  t.is(order(observed(2), observed(2)), 0);
});

test('a censored sample is longer than what was observed until then, and unknown against what came later', (t) => {
  t.deepEqual([order(censored(5), observed(5)), order(observed(4), censored(5))], [1, -1]);
  t.deepEqual([order(censored(5), observed(6)), order(observed(6), censored(5))], [0, 0]);
  t.is(order(censored(5), censored(9)), 0);
});

test('a sample that the engine gave up is longer than every observed one', (t) => {
  t.deepEqual([order(givenUp(5), observed(600)), order(observed(600), givenUp(5))], [1, -1]);
  t.is(order(givenUp(5), censored(600)), 0);
});

test('an order is unknown only where something was censored before something else was observed', (t) => {
  t.false(hasUnknownOrder([...observed(1, 2), ...censored(2, 9)]));
  t.true(hasUnknownOrder([...observed(1, 3), ...censored(2)]));
  t.false(hasUnknownOrder([...observed(1, 3), ...givenUp(2)]));
  t.false(hasUnknownOrder(censored(1, 2)));
  t.false(hasUnknownOrder([]));
});
