import test from 'ava';
import type { EngineName } from '../record/schema.ts';
import { describe } from '../statistics/describe.ts';
import type { Sample } from '../statistics/sample.ts';
import { censored, givenUp, observed } from '../testing/samples.ts';
import type { Arm } from './arm.ts';
import { horizonMs, notesWithin, restoredWithin } from './censoring-words.ts';

function arm(samples: Sample[], engine: EngineName = 'flux'): Arm {
  const description = describe(samples, 1);
  return {
    engine,
    disturbance: 'scale-up',
    outcome: 'restored',
    time: 'restore',
    samples: samples.map((sample, index) => ({ ...sample, iteration: index + 1 })),
    unobservedCount: 0,
    description,
  };
}

test('without censored samples there is no horizon', (t) => {
  t.is(horizonMs([arm(observed(1, 2)), arm([])]), null);
});

test('the horizon is the longest time up to which both curves are known', (t) => {
  const early = arm([...observed(10), ...censored(100, 120)]);
  const late = arm([...observed(20), ...censored(300)]);
  t.is(horizonMs([early, late]), 120);
  t.is(horizonMs([late, arm(observed(500))]), 300);
});

test('an engine that gives up early leaves the horizon to the other', (t) => {
  t.is(horizonMs([arm([...observed(4), ...givenUp(5)]), arm(observed(30, 40))]), 40);
});

test('what was restored in time is counted, and what else became of the others is told', (t) => {
  const mixed = arm([...observed(10, 50, 90), ...censored(20, 100), ...givenUp(5)]);
  t.is(restoredWithin(mixed, 60), '2 of 6 iterations');
  t.regex(
    notesWithin(mixed, 60),
    /^ \(it gave up in 1; 1 watched for less; restricted mean up to then \d+ ms\)$/,
  );
  t.is(restoredWithin(arm(observed(1, 2)), 60), '2 of 2 iterations');
});

test('there is no restricted mean beyond what is known', (t) => {
  const half = arm([...observed(1000), ...censored(3000)]);
  t.is(notesWithin(half, 3000), ' (restricted mean up to then 2.00 s)');
  t.is(notesWithin(half, 4000), ' (1 watched for less)');
  t.is(notesWithin(arm([]), 4000), '');
});
