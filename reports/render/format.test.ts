import test from 'ava';
import { formatBytes, formatEstimate, formatList, formatP, formatWithInterval } from './format.ts';

const equal = (valueMs: number) => ({ valueMs, relation: 'equal' as const });

test('figures carry their unit, their sign and whether they are bounds', (t) => {
  t.is(formatEstimate(equal(420)), '420 ms');
  t.is(formatEstimate(equal(-1500)), '−1.50 s');
  t.is(formatEstimate(equal(-0.2)), '0 ms');
  t.is(formatEstimate({ valueMs: 90_000, relation: 'moreThan' }), 'more than 1 min 30 s');
});

test('an interval stands in brackets, and is left out where there is none', (t) => {
  t.is(formatWithInterval(equal(2000), { low: equal(1000), high: equal(3000) }), '2.00 s [1.00 s to 3.00 s]');
  t.is(formatWithInterval(equal(2000), null), '2.00 s');
});

test('p values are never shown as zero', (t) => {
  t.is(formatP(0.0000001), '< 0.001');
  t.is(formatP(0.0196), '= 0.020');
});

test('lists read as a sentence does', (t) => {
  t.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(formatList), ['', 'a', 'a and b', 'a, b and c']);
});

test('bytes have units', (t) => {
  t.deepEqual([123_400_000, 8_589_934_592].map(formatBytes), ['123 MB', '8.6 GB']);
});
