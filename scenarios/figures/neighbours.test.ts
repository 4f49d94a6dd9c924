import test from 'ava';
import { factAt } from '../testing/facts.ts';
import { changesElsewhere } from './neighbours.ts';

const seen = (environment: string, changes: number, isAtRevision = true) =>
  factAt(1, { type: 'neighbour', environment, isAtRevision, changes });

test('the changes in all other clusters are counted, where all of them had the commit', (t) => {
  t.is(changesElsewhere.of([seen('production', 0)]), 0);
  t.is(changesElsewhere.of([seen('production', 2), seen('test', 1)]), 3);
  t.is(changesElsewhere.of([seen('production', 0), seen('test', 0, false)]), null);
  t.is(changesElsewhere.of([]), null, 'without another cluster nothing is said');
});
