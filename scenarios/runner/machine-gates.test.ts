import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { factAt } from '../testing/facts.ts';
import { machineProblem } from './machine-gates.ts';

const limits = { loadPerCore: 4, stealShare: 0.1, heldUpMs: 250 };
const epochMs = 1_800_000_000_000;

type Reading = Partial<Omit<Extract<Observation, { type: 'machine' }>, 'type' | 'atMs'>>;

function machineAt(atMs: number, different: Reading = {}): Observation {
  return factAt(atMs, {
    type: 'machine',
    wallTimeMs: epochMs + atMs,
    loadAverage: 1,
    cores: 2,
    stealShare: 0.01,
    heldUpMs: 10,
    ...different,
  });
}

const problemOf = (...facts: Observation[]) => machineProblem(facts, limits, 2000);

test('a machine with time to spare is fit to measure on', (t) => {
  t.is(problemOf(), undefined);
  t.is(problemOf(machineAt(0), machineAt(1000), machineAt(2000, { stealShare: null })), undefined);
  t.is(
    problemOf(machineAt(0, { loadAverage: 8, stealShare: 0.1, heldUpMs: 250 })),
    undefined,
    'up to its limits',
  );
});

test('one that is too busy is not, and it is said by what', (t) => {
  t.regex(problemOf(machineAt(0, { loadAverage: 8.2 })) ?? '', /load of 4\.1 per core, and 4 is the most/);
  t.regex(problemOf(machineAt(0, { stealShare: 0.25 })) ?? '', /host took 25 % of its time, and 10 %/);
  t.regex(
    problemOf(machineAt(0), machineAt(1000, { heldUpMs: 900 })) ?? '',
    /could not read events for 900 ms/,
  );
});

test('in a long iteration the harness may be held up longer, for a hundredth of it', (t) => {
  const held = [machineAt(0, { heldUpMs: 400 })];
  t.is(machineProblem(held, limits, 60_000), undefined);
  t.regex(machineProblem(held, limits, 30_000) ?? '', /for 400 ms, and 300 ms is the most/);
});

test('one that slept, or whose clock was set, is not', (t) => {
  const wallTimeMs = epochMs + 1000;
  t.regex(
    problemOf(machineAt(0), machineAt(1000, { wallTimeMs: wallTimeMs + 30_000 })) ?? '',
    /slept, or its clock was set: 30\.0 s/,
  );
  t.regex(
    problemOf(machineAt(0), machineAt(1000, { wallTimeMs: wallTimeMs - 5000 })) ?? '',
    /set back by 5\.00 s/,
  );
  t.is(problemOf(machineAt(0), machineAt(1000, { wallTimeMs: wallTimeMs + 500 })), undefined);
});

test('a run whose own clock goes backwards is not to be trusted', (t) => {
  t.is(problemOf(machineAt(1000), machineAt(999)), 'the clock of the run went backwards');
});
