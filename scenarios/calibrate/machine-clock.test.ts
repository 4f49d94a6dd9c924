import test from 'ava';
import { startClock } from '../../common/clock.ts';
import { examineClock, machineNowMs } from './machine-clock.ts';

/** A clock that goes on by `stepMs` at every reading of so many. */
function steppingClock(stepMs: number, everyReadings: number): () => number {
  let readings = 0;
  return () => Math.floor(readings++ / everyReadings) * stepMs;
}

test('the smallest step and the median time of a reading are told', (t) => {
  t.deepEqual(examineClock(steppingClock(0.5, 1)), { resolutionMs: 0.5, readMs: 0.5 });
  t.deepEqual(examineClock(steppingClock(2, 4)), { resolutionMs: 2, readMs: 0 });
});

test('a clock that is started at the machine clock keeps its time', (t) => {
  const clock = startClock(machineNowMs());
  const before = machineNowMs();
  const between = clock.nowMs();
  const after = machineNowMs();
  // The two zeros are read one after the other; a collection of garbage may fall in between.
  t.true(between > before - 20 && between < after + 20);
});
