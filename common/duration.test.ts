import test from 'ava';
import { formatDuration, parseDurationMs } from './duration.ts';

test('a duration is read as Go writes it', (t) => {
  const read = ['250ms', '90s', '5m', '1h30m', '1.5s', '1h0m30s'].map((text) => parseDurationMs(text, 'it'));
  t.deepEqual(read, [250, 90_000, 300_000, 5_400_000, 1500, 3_630_000]);
});

test('what is no positive duration within a week is refused, with its label and a right example', (t) => {
  for (const text of ['', '5', 'm', '-5m', '5 m', '5m ', '0s', '169h', '1d', '5mm', '1e3s']) {
    const error = t.throws(() => parseDurationMs(text, '--timeout'));
    t.is(error.message, `--timeout is "${text}", which is not a duration between 1ms and 168h`);
    t.like(error, { exitCode: 2, next: 'write it as 30s, 5m or 1h30m' });
  }
});

test('a duration is written in the unit that people would choose', (t) => {
  const written = [0, 420.4, 1000, 3210, 59_940, 125_000, 3_600_000, 33_629_000].map(formatDuration);
  t.deepEqual(written, [
    '0 ms',
    '420 ms',
    '1.00 s',
    '3.21 s',
    '59.9 s',
    '2 min 5 s',
    '1 h 0 min',
    '9 h 20 min',
  ]);
});

test('rounding never shows a full next unit', (t) => {
  t.is(formatDuration(999.6), '1.00 s');
  t.is(formatDuration(9996), '10.0 s');
  t.is(formatDuration(59_970), '1 min 0 s');
  t.is(formatDuration(119_700), '2 min 0 s');
  t.is(formatDuration(3_599_600), '1 h 0 min');
  t.is(formatDuration(7_199_600), '2 h 0 min');
});
