import test from 'ava';
import type { EngineStatus } from '../../lab/engines/engine.ts';
import { combineStatus, lastingStatus } from './fleet-status.ts';

const settled: EngineStatus = {
  revision: 'a',
  isWorking: false,
  isSettled: true,
  hasDetected: false,
  attempts: 0,
  hasGivenUp: false,
  hasFailed: false,
  summary: 'Ready',
};

function combined(statuses: readonly EngineStatus[], expected = 2): EngineStatus {
  return combineStatus(new Map(statuses.map((status, index) => [String(index), status])), expected);
}

test('an engine has settled when all of its applications have, at one revision', (t) => {
  t.like(combined([settled, settled]), { isSettled: true, revision: 'a', summary: '2 of 2 settled' });
  t.like(combined([settled]), { isSettled: false, revision: '', summary: '1 of 2 settled' });
  t.like(combined([settled, { ...settled, isSettled: false }]), { isSettled: false, revision: 'a' });
  t.like(combined([settled, { ...settled, revision: 'b' }]), { isSettled: false, revision: '' });
});

test('it is at work while one of them is', (t) => {
  const working = { ...settled, isWorking: true, hasDetected: true, attempts: 2 };
  t.like(combined([settled, working]), { isWorking: true, hasDetected: true, attempts: 2 });
  t.like(combined([]), { isSettled: false, isWorking: false, attempts: 0 });
});

test('an application that compares by its interval stays settled, and one that failed or moves on does not', (t) => {
  const routine = { ...settled, isSettled: false, isWorking: true };
  t.true(lastingStatus(settled, routine).isSettled);
  t.true(lastingStatus(lastingStatus(settled, routine), routine).isSettled);
  t.false(lastingStatus(undefined, routine).isSettled);
  t.false(lastingStatus(settled, { ...routine, isWorking: false }).isSettled);
  t.false(lastingStatus(settled, { ...routine, hasFailed: true }).isSettled);
  t.false(lastingStatus(settled, { ...routine, revision: 'b' }).isSettled);
});
