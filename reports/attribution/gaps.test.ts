import test from 'ava';
import type { TimelineEntry } from './timeline-entry.ts';
import { findGaps, longestGap } from './gaps.ts';

const entries = (...offsetsMs: number[]): TimelineEntry[] =>
  offsetsMs.map((offsetMs) => ({ offsetMs, isRough: false, source: 'event', isWarning: false, text: 'x' }));

const spans = (...args: Parameters<typeof findGaps>): number[][] =>
  findGaps(...args).map(({ fromMs, toMs }) => [fromMs, toMs]);

test('a long silence is named, a short one is not', (t) => {
  t.deepEqual(spans(entries(0, 100, 5080, 5090), 5200), [[100, 5080]]);
  t.deepEqual(spans(entries(0, 249), 249), [], 'a quarter of a second');
  t.deepEqual(spans(entries(0, 250), 250), [[0, 250]]);
  t.deepEqual(spans(entries(0, 900, 10_000), 10_000), [[900, 10_000]], 'a tenth of the time');
});

test('silences before the disturbance and after the end are not named', (t) => {
  t.deepEqual(spans(entries(-9000, 0, 100, 9000), 200), []);
  t.deepEqual(spans([], 5000), []);
});

test('the longest silence is found, the first of equals', (t) => {
  const gaps = findGaps(entries(0, 1000, 3000, 5000), 5000);
  t.is(longestGap(gaps)?.fromMs, 1000);
  t.is(longestGap([]), undefined);
});
