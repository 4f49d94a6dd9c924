import test from 'ava';
import { leftOutReason, wasLeftOut } from '../../reports/record/left-out.ts';
import { factAt } from '../testing/facts.ts';
import { disturbance, judge, pushed, steady, whole } from '../testing/judged-facts.ts';
import { leftOutOf, withLeftOut } from './leave-out.ts';
import type { Iteration } from '../../reports/record/schema.ts';

const leftOut = factAt(30, { type: 'left-out', disturbance, kind: 'measured', phase: 'random', repeat: 0 });

function judged(facts: Parameters<typeof judge>[0]): Iteration {
  const iteration = judge(facts);
  if (iteration === undefined) throw new Error('nothing was judged');
  return iteration;
}

test('an iteration that was left out on stage is kept, with its reason and without times', (t) => {
  const iteration = judged([pushed, steady, leftOut]);
  t.like(iteration, { disturbance, verdict: 'invalid', reason: leftOutReason, disturbedAtMs: null });
  t.true(wasLeftOut(iteration));
});

test('one that was left out before it began is kept, too', (t) => {
  t.like(judged([leftOut]), { disturbance, verdict: 'invalid', reason: leftOutReason, revision: '' });
});

test('one that was made was not left out', (t) => {
  t.false(wasLeftOut(judged(whole)));
});

test('an earlier part of a run tells what was left out of it', (t) => {
  t.deepEqual(leftOutOf([pushed, leftOut, leftOut]), [disturbance]);
  t.deepEqual(leftOutOf(whole), []);
});

test('a notice tells how many were left out, and is told once', (t) => {
  const other = 'a notice of something else';
  const once = withLeftOut([other], [judged([leftOut]), judged(whole)]);
  t.is(once.length, 2);
  t.regex(once[1] ?? '', /^Left out by whoever presented.*: 1 of delete-deployment\. /);
  const twice = withLeftOut(once, [judged([leftOut]), judged([leftOut])]);
  t.is(twice.length, 2);
  t.regex(twice[1] ?? '', /: 2 of delete-deployment\. /);
  t.deepEqual(withLeftOut([other], [judged(whole)]), [other]);
});
