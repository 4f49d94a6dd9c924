import test from 'ava';
import { RequestGatherer } from './client-requests.ts';
import { parseSample } from './k6-sample.ts';
import { linesOf } from './samples-for-tests.ts';

function gathererOf(lines: readonly string[]): RequestGatherer {
  const gatherer = new RequestGatherer();
  for (const line of lines) {
    const sample = parseSample(line);
    if (sample !== undefined) gatherer.add(sample);
  }
  return gatherer;
}

const asItIs = (wallTimeMs: number): number => wallTimeMs;

test('requests come in the order in which they were sent, on the clock of the run', (t) => {
  const slow = linesOf({ name: '1', sentAtMs: 1000, endedAtMs: 1900, hasFailed: true });
  const quick = linesOf({ name: '2', sentAtMs: 1020, endedAtMs: 1025 });
  const { requests, unsent } = gathererOf([...quick, ...slow]).gathered((wallTimeMs) => wallTimeMs - 1000);
  t.deepEqual(requests, [
    { sentAtMs: 0, endedAtMs: 900, hasFailed: true, latencyMs: 900 },
    { sentAtMs: 20, endedAtMs: 25, hasFailed: false, latencyMs: 5 },
  ]);
  t.is(unsent, 0);
});

test('a request that k6 was stopped in is left out', (t) => {
  const lines = linesOf({ name: '1', sentAtMs: 1000, endedAtMs: 1900 });
  t.deepEqual(gathererOf(lines.slice(0, -1)).gathered(asItIs).requests, []);
});

test('requests that could not be sent when they were due add up', (t) => {
  const dropped = (value: number): string =>
    JSON.stringify({
      metric: 'dropped_iterations',
      type: 'Point',
      data: { time: new Date(0).toISOString(), value, tags: {} },
    });
  t.is(gathererOf([dropped(1), dropped(2)]).gathered(asItIs).unsent, 3);
});
