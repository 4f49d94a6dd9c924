import test from 'ava';
import { factAt, objectAt } from '../testing/facts.ts';
import { correctedDuringFault, faultLasted, timeUnserved } from './windows.ts';

const endpoints = 'Endpoints/web';
const web = 'Deployment/web';
const step = (atMs: number, kind: 'fault-began' | 'fault-ended' | 'drift') =>
  factAt(atMs, { type: 'step', step: kind, what: kind });
const watched = factAt(1000, { type: 'watched', end: 'recovered', reason: '' });

test('gaps in service add up, and one that is still open lasts until watching ends', (t) => {
  const { of } = timeUnserved(endpoints);
  const facts = [
    objectAt(50, endpoints, { isReady: false }),
    objectAt(60, endpoints),
    factAt(100, { type: 'disturbed', what: '', revision: 'a' }),
    objectAt(200, endpoints, { isReady: false }),
    objectAt(250, endpoints, { isReady: false }),
    objectAt(300, endpoints),
    objectAt(900, endpoints, { isReady: false }),
  ];
  t.is(of([...facts, watched]), 200);
  t.is(of(facts), null, 'nothing is said of an iteration that has not ended');
  t.is(of([facts[2], watched].filter((fact) => fact !== undefined)), 0);
});

test('drift that is corrected before the fault ends has a time, and drift that outlasts it has none', (t) => {
  const { of } = correctedDuringFault(web);
  const start = [step(100, 'fault-began'), step(200, 'drift'), objectAt(210, web, { differsFromGit: ['a'] })];
  t.is(of([...start, objectAt(500, web), step(600, 'fault-ended')]), 290);
  t.is(of([...start, step(600, 'fault-ended'), objectAt(700, web)]), null);
  t.is(of([...start, objectAt(500, web)]), 290, 'a fault that has not ended is still going on');
  t.is(of([]), null);
});

test('a fault lasts from its beginning to its end', (t) => {
  t.is(faultLasted.of([step(100, 'fault-began'), step(700, 'fault-ended')]), 600);
  t.is(faultLasted.of([step(100, 'fault-began')]), null);
});
