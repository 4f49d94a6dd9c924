import test from 'ava';
import { engineAt, factAt } from '../testing/facts.ts';
import { failureTold } from './failure.ts';

const pushed = factAt(100, { type: 'disturbed', what: '', revision: 'a' });
const failed = (atMs: number) => engineAt(atMs, { hasFailed: true, isSettled: false });

test('a failure is told when the engine first says so after the disturbance', (t) => {
  t.is(failureTold.of([failed(50), pushed, engineAt(110), failed(150), failed(170)]), 50);
  t.is(failureTold.of([failed(50), pushed, engineAt(110)]), null);
  t.is(failureTold.of([failed(50)]), null, 'nothing was disturbed');
});
