import test from 'ava';
import type { Observation } from '../record/observation.ts';
import { clockEras, onMachineClock, onRunClock } from './machine-clock.ts';

const reading = (atMs: number, wallTimeMs: number, trial = 1): Observation => ({
  type: 'machine',
  engine: 'flux',
  trial,
  iteration: 1,
  atMs,
  wallTimeMs,
  loadAverage: 0,
  cores: 2,
  stealShare: null,
  heldUpMs: 0,
});

const noon = 1_800_000_000_000;

test('a time of the machine is found on the clock of the run, before, between and after the readings', (t) => {
  const [era = []] = clockEras([reading(1000, noon), reading(2000, noon + 1000)], {
    engine: 'flux',
    trial: 1,
  });
  t.is(onRunClock(noon - 300, era), 700);
  t.is(onRunClock(noon + 400, era), 1400);
  t.is(onRunClock(noon + 1500, era), 2500);
  t.is(onMachineClock(1400, era), noon + 400);
  t.is(onMachineClock(700, era), noon - 300);
});

test('of each trial its own readings are taken', (t) => {
  const history = [reading(1000, noon), reading(5000, noon + 60_000, 2)];
  t.deepEqual(clockEras(history, { engine: 'flux', trial: 2 }), [
    [{ atMs: 5000, wallTimeMs: noon + 60_000 }],
  ]);
  t.deepEqual(clockEras(history, { engine: 'argocd', trial: 1 }), []);
  t.is(onRunClock(noon, []), undefined);
});

test('after a sleep, times are right again with the next reading, and never later than it', (t) => {
  const hour = 3_600_000;
  const slept = [reading(1000, noon), reading(2000, noon + hour), reading(3000, noon + hour + 1000)];
  const [era = [], ...others] = clockEras(slept, { engine: 'flux', trial: 1 });
  t.is(others.length, 0);
  t.is(onRunClock(noon + 300, era), 1300);
  t.is(onRunClock(noon + hour - 200, era), 2000);
  t.is(onRunClock(noon + hour + 300, era), 2300);
});

test('a clock that is set back begins another era', (t) => {
  const history = [reading(1000, noon), reading(2000, noon - 5000), reading(3000, noon - 4000)];
  const [first = [], second = [], ...others] = clockEras(history, { engine: 'flux', trial: 1 });
  t.is(others.length, 0);
  t.is(onRunClock(noon + 100, first), 1100);
  t.is(onRunClock(noon - 4500, second), 2500);
});
