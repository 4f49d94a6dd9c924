import test from 'ava';
import { censored, observed } from '../testing/samples.ts';
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

test('censored samples are longer than observed ones and tie with each other', (t) => {
  t.is(cliffsDelta(censored(1), observed(9)), 1);
  t.is(cliffsDelta(censored(1), censored(9)), 0);
});
