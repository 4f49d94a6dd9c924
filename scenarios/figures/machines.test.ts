import test from 'ava';
import { factAt } from '../testing/facts.ts';
import type { StepKind } from '../../reports/record/facts/iteration.ts';
import { apiAway, nodeBack, nodeMissed } from './machines.ts';

const step = (atMs: number, kind: StepKind) => factAt(atMs, { type: 'step', step: kind, what: kind });
const zero = factAt(100, { type: 'disturbed', what: '', revision: 'a' });

test('a node is missed, and back, some time after the zero of time; what never came has no time', (t) => {
  t.is(nodeMissed.of([zero, step(140, 'node-lost')]), 40);
  t.is(nodeBack.of([zero, step(140, 'node-lost'), step(190, 'node-back')]), 90);
  t.is(nodeBack.of([zero, step(140, 'node-lost')]), null);
});

test('the API server is away from the power cut on, which may come before the zero of time', (t) => {
  t.is(apiAway.of([step(50, 'api-away'), zero, step(150, 'api-back')]), 100);
  t.is(apiAway.of([zero]), null);
});
