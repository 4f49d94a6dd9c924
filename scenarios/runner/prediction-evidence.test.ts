import test from 'ava';
import type { Iteration } from '../../reports/record/schema.ts';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { atWork, engineAt, objectAt } from '../testing/facts.ts';
import { factsOf } from './prediction-evidence.ts';

const [example] = makeUpRun().results.iterations;
if (example === undefined) throw new Error('the made-up run is empty');
const iteration: Iteration = { ...example, index: 1, disturbedAtMs: 1000, timeToRestoreMs: 900 };

const history = [
  engineAt(100, atWork),
  engineAt(400),
  engineAt(500),
  engineAt(1700, atWork),
  objectAt(1900, 'Deployment/web'),
  engineAt(2000),
];

test('the engine is idle since it last ended its work', (t) => {
  t.is(factsOf(iteration, history).idleBeforeMs, 600);
  t.is(factsOf(iteration, history.slice(1)).idleBeforeMs, null, 'it was never seen at work');
});

test('a correction lasts from when the engine says that it works until the object is restored', (t) => {
  t.is(factsOf(iteration, history).correctionMs, 200);
  t.is(factsOf({ ...iteration, timeToRestoreMs: null }, history).correctionMs, null);
  t.is(factsOf({ ...iteration, timeToRestoreMs: 300 }, history).correctionMs, null, 'it said so too late');
});

test('what happened in the next iteration is not of this one', (t) => {
  const later = history.map((observation) =>
    observation.atMs > 1000 ? { ...observation, iteration: 2 } : observation,
  );
  t.is(factsOf(iteration, later).correctionMs, null);
});

test('a namespace is gone when it is deleted, and not when it begins to be', (t) => {
  const terminating = objectAt(1001, 'Namespace/shop', { isTerminating: true });
  const gone = objectAt(6000, 'Namespace/shop', { event: 'DELETED' });
  t.is(factsOf(iteration, [...history, terminating, gone]).namespaceGoneMs, 5000);
  t.is(factsOf(iteration, [...history, terminating]).namespaceGoneMs, null);
});

test('an iteration that was never disturbed tells nothing', (t) => {
  const facts = factsOf({ ...iteration, disturbedAtMs: null }, history);
  t.deepEqual(facts, { idleBeforeMs: null, correctionMs: null, namespaceGoneMs: null });
});
