import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { failedTries, longestWait } from './retries.ts';

const event = (atMs: number, reason: string, kind: 'normal' | 'warning' = 'warning') =>
  factAt(atMs, {
    type: 'event',
    kind,
    object: 'GitRepository/flux-system',
    reason,
    message: '',
    component: 'source-controller',
    count: 1,
  });
const failed = (atMs: number) => event(atMs, 'GitOperationFailed');

test('tries to read Git that failed are counted, and the longest wait is between two of them', (t) => {
  const other = [event(150, 'ReconciliationFailed'), event(5000, 'GitOperationSucceeded', 'normal')];
  const facts = [failed(100), failed(175), failed(325), failed(330), ...other];
  t.is(failedTries.of(facts), 4);
  t.is(longestWait.of(facts), 150);
});

test('where no failure was told, or one alone, there is nothing to measure', (t) => {
  t.is(failedTries.of([]), null);
  t.is(longestWait.of([failed(100)]), null);
});
