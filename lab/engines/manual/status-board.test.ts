import test from 'ava';
import { readBoard } from './status-board.ts';

function board(phase: string) {
  return readBoard({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'runbook' },
    data: { phase, doing: 'deploy', revision: '4f2cde' },
  });
}

test('the board tells what people do as an engine would', (t) => {
  const { revision, isWorking, isSettled, hasDetected, summary } = board('working');
  t.deepEqual([revision, isWorking, isSettled, hasDetected], ['4f2cde', true, false, true]);
  t.is(summary, 'deploy: working');
  t.true(board('settled').isSettled);
  t.false(board('settled').hasDetected);
  t.true(board('failed').hasFailed);
});

test('what was rolled out and not looked at is not settled', (t) => {
  const { isWorking, isSettled, hasFailed } = board('rolled-out');
  t.deepEqual([isWorking, isSettled, hasFailed], [false, false, false]);
});
