import test from 'ava';
import { parseAllDocuments } from 'yaml';
import { textAt, valueAt } from '../kube/objects.ts';
import { kwokStages } from './stages.ts';

const stagesOf = (podStartMs: number): unknown[] =>
  parseAllDocuments(kwokStages(podStartMs)).map((document) => document.toJS() as unknown);

test('every document is a stage of a node or a pod, with a name of its own', (t) => {
  const stages = stagesOf(500);
  t.true(stages.every((stage) => textAt(stage, 'kind') === 'Stage'));
  t.deepEqual(
    stages.map((stage) => textAt(stage, 'metadata', 'name')),
    ['node-ready', 'pod-ready', 'pod-finished', 'pod-gone'],
  );
});

test('a pod becomes ready after the time that the lab was asked for, and nothing else waits', (t) => {
  const delays = stagesOf(1234).map((stage) => valueAt(stage, 'spec', 'delay', 'durationMilliseconds'));
  t.deepEqual(delays, [undefined, 1234, undefined, undefined]);
});

test('KWOK is given whole milliseconds', (t) => {
  t.is(valueAt(stagesOf(0.6)[1], 'spec', 'delay', 'durationMilliseconds'), 1);
});

test('a pod that is being deleted is never made ready', (t) => {
  const expressions = valueAt(stagesOf(0)[1], 'spec', 'selector', 'matchExpressions');
  t.deepEqual((expressions as unknown[])[0], {
    key: '.metadata.deletionTimestamp',
    operator: 'DoesNotExist',
  });
});
