import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { factAt, objectAt } from '../testing/facts.ts';
import { goal } from './conditions.ts';
import { compareWithTruth, sightingsOf, type Sighting } from './samples.ts';
import type { Truth } from './truth.ts';

const sighting: Sighting = { kind: 'measured', uid: 'one', disturbedAtMs: 103, restoredAtMs: 133.5 };
const truth: Truth = {
  deletion: { type: 'deletion', uid: 'one', sentAtMs: 100, answeredAtMs: 104 },
  restoration: {
    type: 'restoration',
    uid: 'one',
    toldAtMs: 103,
    delayMs: 26,
    sentAtMs: 130,
    answeredAtMs: 132,
    seenAtMs: 133,
  },
};

function targetAt(atMs: number, uid: string, event: 'ADDED' | 'DELETED', iteration: number): Observation {
  return { ...objectAt(atMs, goal.target, { event, uid }), iteration };
}

const disturbing = { type: 'disturbing', disturbance: '10-objects-idle', kind: 'measured' } as const;
const watched = { type: 'watched', end: 'recovered', reason: '' } as const;

test('the true time runs between the middles of what limits the two commits', (t) => {
  const sample = compareWithTruth(sighting, truth);
  // The deletion was committed between 100 and 103, the restoration between 130 and 132.
  t.is(sample?.trueMs, 131 - 101.5);
  t.is(sample?.truthLimitMs, (3 + 2) / 2);
  t.is(sample?.measuredMs, 30.5);
  t.is(sample?.errorMs, 1);
  t.deepEqual(sample?.watchLatenciesMs, [1.5, 2.5]);
});

test('whichever tells first limits a commit: the answer, or the watch of the reference', (t) => {
  const { deletion, restoration } = truth;
  const sooner = compareWithTruth(sighting, {
    deletion: { ...deletion, answeredAtMs: 101 },
    restoration: { ...restoration, seenAtMs: 131 },
  });
  t.is(sooner?.trueMs, 130.5 - 100.5);
  t.is(sooner?.truthLimitMs, 1);
});

test('what the harness never saw, or the reference never wrote down, is no sample', (t) => {
  t.is(compareWithTruth({ ...sighting, restoredAtMs: null }, truth), undefined);
  t.is(compareWithTruth({ ...sighting, disturbedAtMs: null }, truth), undefined);
  t.is(compareWithTruth(sighting, undefined), undefined);
});

test('what the harness saw follows from the history, sample by sample', (t) => {
  const history: Observation[] = [
    { ...objectAt(1, goal.target, { event: 'ADDED', uid: 'one' }), iteration: 0 },
    { ...factAt(100, { ...disturbing, kind: 'warmup' }), iteration: 1 },
    targetAt(103, 'one', 'DELETED', 1),
    { ...objectAt(110, 'ConfigMap/background-1'), iteration: 1 },
    targetAt(133, 'two', 'ADDED', 1),
    { ...factAt(134, watched), iteration: 1 },
    { ...factAt(200, disturbing), iteration: 2 },
    targetAt(201, 'two', 'DELETED', 2),
    { ...factAt(10_201, { ...watched, end: 'timeout' }), iteration: 2 },
  ];
  t.deepEqual(sightingsOf(history), [
    { kind: 'warmup', uid: 'one', disturbedAtMs: 103, restoredAtMs: 133 },
    { kind: 'measured', uid: 'two', disturbedAtMs: 201, restoredAtMs: null },
  ]);
});
