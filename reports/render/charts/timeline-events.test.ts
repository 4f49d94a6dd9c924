import test from 'ava';
import type { Observation } from '../../record/observation.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { timelineEvents } from './timeline-events.ts';

const run = makeUpRun({ engines: ['argocd'], disturbances: ['scale-up'], iterationsPerDisturbance: 1 });
const [, iteration] = run.results.iterations;
if (iteration === undefined) throw new Error('the made-up run has no measured iteration');

test('times count from the disturbance, and nothing of other iterations is told', (t) => {
  const { events, leftOut } = timelineEvents(iteration, run.history);
  t.is(leftOut, 0);
  t.deepEqual(
    events.filter(({ kind }) => kind === 'disturbance').map(({ offsetMs }) => offsetMs),
    [-8],
  );
  t.deepEqual(
    events.filter(({ kind }) => kind === 'milestone').map(({ offsetMs }) => offsetMs),
    [iteration.timeToDetectMs, iteration.timeToRestoreMs, iteration.timeToReadyMs, iteration.timeToSettleMs],
  );
  t.deepEqual(
    events,
    events.toSorted((left, right) => left.offsetMs - right.offsetMs),
  );
});

const back = run.history.find(
  (seen) => seen.type === 'object' && seen.event === 'ADDED' && seen.iteration === iteration.index,
);
if (back?.type !== 'object') throw new Error('nothing came back in the made-up run');

const bumps = (summaryOf: (index: number) => string): Observation[] =>
  Array.from({ length: 40 }, (_, index) => ({ ...back, summary: summaryOf(index) }));

test('events that tell nothing new are dropped', (t) => {
  const { events, leftOut } = timelineEvents(iteration, [...run.history, ...bumps(() => 'the same')]);
  t.is(events.filter(({ text }) => text.endsWith('the same')).length, 1);
  t.is(leftOut, 0);
});

test('what does not fit is counted, and the measured times always fit', (t) => {
  const { events, leftOut } = timelineEvents(iteration, [
    ...run.history,
    ...bumps((index) => `state ${index}`),
  ]);
  t.is(events.length, 22);
  t.is(events.filter(({ kind }) => kind === 'milestone').length, 4);
  t.true(leftOut > 20);
});

test('fields that differ from Git are named', (t) => {
  const drifted = { ...back, differsFromGit: ['spec.replicas'] };
  const { events } = timelineEvents(iteration, [drifted]);
  t.true(events.some(({ text }) => text.endsWith('differs in spec.replicas')));
});
