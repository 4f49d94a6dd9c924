import test from 'ava';
import type { Clock } from '../../common/clock.ts';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { Forecast } from './forecast.ts';
import type { IterationEvent } from './run-words.ts';

const clock: Clock = { nowMs: () => 0, wallTime: () => new Date(2026, 10, 21, 22, 30) };
const minutes = 60_000;

function event(trial: number, remainingMs: number): IterationEvent {
  const [iteration] = makeUpRun().results.iterations;
  if (iteration === undefined) throw new Error('the made-up run is empty');
  return {
    type: 'iteration',
    trial: { engine: 'flux', trial },
    iteration,
    done: 1,
    total: 9,
    remainingMs,
  };
}

test('a run ends when the longest of its trials does', (t) => {
  const forecast = new Forecast(clock);
  t.is(forecast.words(), '');
  forecast.note(event(1, 10 * minutes));
  forecast.note(event(2, 45 * minutes));
  t.is(forecast.words(), 'ends about 23:15');
  forecast.note(event(2, 0));
  t.is(forecast.words(), 'ends about 22:40');
});

test('the end on another day has its date', (t) => {
  const forecast = new Forecast(clock);
  forecast.note(event(1, 9 * 60 * minutes));
  t.is(forecast.words(), 'ends about 2026-11-22 07:30');
});
