import test from 'ava';
import { decide } from './decide.ts';
import { operators } from './threshold.ts';

type Relation = Parameters<typeof decide>[0]['relation'];

/** The outcomes of all operators with a limit of 10, in their order: < <= > >=. */
function outcomes(value: number, relation: Relation): string[] {
  return operators.map((operator) => decide({ value, relation }, operator, 10));
}

test('a known figure is held against the limit, which belongs to <= and >=', (t) => {
  t.deepEqual(outcomes(9, 'equal'), ['held', 'held', 'broken', 'broken']);
  t.deepEqual(outcomes(10, 'equal'), ['broken', 'held', 'broken', 'held']);
  t.deepEqual(outcomes(11, 'equal'), ['broken', 'broken', 'held', 'held']);
});

test('"more than" decides from the limit on, and nothing below it', (t) => {
  const [open, decided] = [Array(4).fill('not-decided'), ['broken', 'broken', 'held', 'held']];
  t.deepEqual(outcomes(9, 'moreThan'), open);
  t.deepEqual(outcomes(10, 'moreThan'), decided);
  t.deepEqual(outcomes(11, 'moreThan'), decided);
});

test('"less than" decides up to the limit, and nothing above it', (t) => {
  const [open, decided] = [Array(4).fill('not-decided'), ['held', 'held', 'broken', 'broken']];
  t.deepEqual(outcomes(9, 'lessThan'), decided);
  t.deepEqual(outcomes(10, 'lessThan'), decided);
  t.deepEqual(outcomes(11, 'lessThan'), open);
});
