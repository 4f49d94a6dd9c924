import test from 'ava';
import { largeFigures, stopwatchText } from './figures.ts';

test('figures are five rows high where the room is small', (t) => {
  const lines = largeFigures('1.0', { columns: 30, lines: 5 });
  t.is(lines.length, 5);
  t.is(lines[4], '██████  ██  ██████');
  t.is(lines[0], '  ██        ██████');
});

test('figures are twice as large where there is room', (t) => {
  const lines = largeFigures('1.0', { columns: 40, lines: 10 });
  t.is(lines.length, 10);
  t.is(lines[9], '████████████    ████    ████████████');
  t.is(lines[8], lines[9]);
});

test('where there is no room the time stands as it is', (t) => {
  t.deepEqual(largeFigures('12.3 s', { columns: 20, lines: 10 }), ['12.3 s']);
  t.deepEqual(largeFigures('12.3 s', { columns: 200, lines: 4 }), ['12.3 s']);
});

test('every character of a stopwatch has a figure of its own', (t) => {
  const drawn = Array.from('0123456789:', (one) => largeFigures(one, { columns: 80, lines: 5 }).join('\n'));
  t.is(new Set(drawn).size, 11);
});

test('a stopwatch that runs shows what has passed, and one that has stopped two digits', (t) => {
  t.is(stopwatchText(1290, false), '1.2 s');
  t.is(stopwatchText(1294, true), '1.29 s');
  t.is(stopwatchText(59_999, false), '59.9 s');
  t.is(stopwatchText(59_999, true), '1:00');
  t.is(stopwatchText(65_400, false), '1:05');
  t.is(stopwatchText(725_000, true), '12:05');
});
