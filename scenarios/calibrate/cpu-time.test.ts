import test from 'ava';
import { busyShare, readCpuTime } from './cpu-time.ts';

test('the share of work is that of the time between two readings', (t) => {
  t.is(busyShare({ totalMs: 1000, idleMs: 900 }, { totalMs: 2000, idleMs: 1150 }), 0.75);
});

test('where no time went by, or the counters jump, the share stays between 0 and 1', (t) => {
  t.is(busyShare({ totalMs: 1000, idleMs: 900 }, { totalMs: 1000, idleMs: 900 }), 0);
  t.is(busyShare({ totalMs: 1000, idleMs: 900 }, { totalMs: 1100, idleMs: 1200 }), 0);
  t.is(busyShare({ totalMs: 1000, idleMs: 900 }, { totalMs: 1100, idleMs: 800 }), 1);
});

test('this machine tells its time', (t) => {
  const { totalMs, idleMs } = readCpuTime();
  t.true(totalMs > idleMs && idleMs > 0);
});
