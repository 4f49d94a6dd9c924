import test from 'ava';
import { estimateRemainingMs } from './estimate.ts';

const build = (expectedMs: number) => ({ kind: 'build', expectedMs }) as const;

test('before anything is finished, the expectations stand', (t) => {
  t.is(estimateRemainingMs([], undefined, [build(20_000), build(200_000)]), 220_000);
});

test('a run that is twice as slow so far is expected to stay slower', (t) => {
  const finished = [{ ...build(240_000), tookMs: 480_000 }];
  t.is(estimateRemainingMs(finished, undefined, [build(100_000)]), 180_000);
});

test('one quick step hardly changes the expectation', (t) => {
  const finished = [{ ...build(3_000), tookMs: 300 }];
  t.true(estimateRemainingMs(finished, undefined, [build(100_000)]) > 95_000);
});

test('the speed of downloads says nothing about builds', (t) => {
  const finished = [{ kind: 'download', expectedMs: 1_000, tookMs: 600_000 } as const];
  t.is(estimateRemainingMs(finished, undefined, [build(100_000)]), 100_000);
});

test('what has been done of the current work is taken off, by its time or by its fraction', (t) => {
  t.is(estimateRemainingMs([], { ...build(100_000), elapsedMs: 40_000 }, []), 60_000);
  t.is(estimateRemainingMs([], { ...build(100_000), elapsedMs: 40_000, fraction: 0.8 }, []), 10_000);
});

test('work that takes longer than expected is never said to be nearly done', (t) => {
  t.is(estimateRemainingMs([], { ...build(100_000), elapsedMs: 300_000 }, []), 75_000);
});

test('what follows is expected to be slow once the current work is overdue', (t) => {
  const current = { ...build(60_000), elapsedMs: 180_000 };
  t.is(estimateRemainingMs([], current, [build(100_000)]), 45_000 + 200_000);
});
