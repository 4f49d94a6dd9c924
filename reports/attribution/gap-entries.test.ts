import test from 'ava';
import { gapEntries } from './gap-entries.ts';

const common = { engine: 'flux', trial: 1, iteration: 1, atMs: 9000, type: 'requests' } as const;
const counted = { url: '', perSecond: 50, sent: 400, failed: 20, failedBefore: 0, unsent: 0, p95Ms: 3 };

test('a gap has a row where it begins and one where it ends', (t) => {
  const gaps = [{ fromMs: 990, toMs: 1390, failed: 19, isOpen: false }];
  t.deepEqual(
    gapEntries({ ...common, ...counted, gaps }, 1000).map(({ offsetMs, text }) => [offsetMs, text]),
    [
      [-10, 'the last request that succeeds before 19 that fail'],
      [390, 'a request succeeds again, after 400 ms'],
    ],
  );
});

test('of many gaps the longest are told, and that one did not end', (t) => {
  const gaps = Array.from({ length: 9 }, (_, index) => ({
    fromMs: index * 1000,
    toMs: index * 1000 + 40 + index,
    failed: 1,
    isOpen: index === 8,
  }));
  const entries = gapEntries({ ...common, ...counted, gaps }, 0);
  t.is(entries.length, 10);
  t.is(entries[1]?.text, 'the last request fails, 48 ms later');
});
