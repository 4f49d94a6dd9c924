import test from 'ava';
import { factAt, objectAt } from '../testing/facts.ts';
import { decisions, steps, timeAtHumanPace } from './by-hand.ts';

const step = (kind: 'run' | 'look' | 'decide' | 'verify', machineMs: number, personMs: number) =>
  factAt(100, { type: 'runbook-step', step: kind, what: 'helm rollback shop', machineMs, personMs });

test('commands and questions are counted apart, and the times of both add up', (t) => {
  const facts = [
    step('look', 100, 3000),
    step('decide', 0, 11_000),
    step('run', 200, 4000),
    step('verify', 700, 5000),
  ];
  t.is(steps.of(facts), 3);
  t.is(decisions.of(facts), 1);
  t.is(timeAtHumanPace.of(facts), 24_000);
});

test('an engine that recovers by itself has nobody type or decide anything, and no time at human pace', (t) => {
  const facts = [objectAt(1, 'Deployment/web')];
  t.is(steps.of(facts), 0);
  t.is(decisions.of(facts), 0);
  t.is(timeAtHumanPace.of(facts), null);
});
