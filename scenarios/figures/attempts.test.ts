import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { failedAttempts, waitedToRetry } from './attempts.ts';

const disturbed = factAt(100, { type: 'disturbed', what: '', revision: 'a' });
const watched = factAt(1000, { type: 'watched', end: 'recovered', reason: '' });
const attempt = (
  atMs: number,
  failed: number,
  { part = 'widgets', count = '1', isWorking = false, problem = '' } = {},
) => factAt(atMs, { type: 'attempts', part, count, failed, isWorking, problem });

test('failed attempts count from the zero of time on, for each part and each count of it', (t) => {
  const facts = [
    attempt(50, 3),
    disturbed,
    attempt(200, 4),
    attempt(300, 5),
    attempt(400, 1, { count: '2' }),
    attempt(500, 0, { part: 'kinds' }),
    attempt(600, 2, { part: 'operator' }),
  ];
  t.is(failedAttempts.of(facts), 2 + 1 + 2);
  t.is(failedAttempts.of([disturbed]), 0);
  t.is(failedAttempts.of([attempt(50, 3)]), null, 'nothing was disturbed');
});

test('waiting lasts from a failure until the part is at work again, and counts once for several parts', (t) => {
  const problem = 'no such kind';
  const facts = [
    attempt(50, 1, { problem }),
    disturbed,
    attempt(200, 1, { problem, isWorking: true }),
    attempt(300, 2, { problem }),
    attempt(350, 1, { problem, part: 'operator' }),
    attempt(500, 2, { isWorking: true }),
    attempt(600, 1, { part: 'operator', isWorking: true }),
  ];
  t.is(waitedToRetry.of([...facts, watched]), 300);
  t.is(waitedToRetry.of(facts), null, 'nothing is said of an iteration that has not ended');
  t.is(waitedToRetry.of([...facts, attempt(900, 3, { problem }), watched]), 400);
});
