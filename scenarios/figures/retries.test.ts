import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { longestWait, refusedConnections } from './retries.ts';

const refused = (atMs: number) => factAt(atMs, { type: 'step', step: 'refused-connection', what: '' });
const away = factAt(50, { type: 'step', step: 'fault-began', what: '' });

test('connections to a Git that is away are counted, and the longest wait is between two of them', (t) => {
  const facts = [away, refused(100), refused(175), refused(325), refused(330)];
  t.is(refusedConnections.of(facts), 4);
  t.is(longestWait.of(facts), 150);
});

test('where nobody asked, or once alone, there is no wait to measure', (t) => {
  t.is(refusedConnections.of([away]), 0);
  t.is(longestWait.of([away, refused(100)]), null);
});
