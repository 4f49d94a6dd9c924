import test from 'ava';
import { makeUpRun } from '../testing/made-up-run.ts';
import { iterationsCsv } from './csv.ts';
import { Iteration } from './schema.ts';

const [iteration] = makeUpRun().results.iterations;

test('there is a column for every field, named as in results.json', (t) => {
  const [header] = iterationsCsv([]).split('\r\n');
  const fields = Object.keys(Iteration.shape).filter((name) => name !== 'figures');
  t.deepEqual(header?.split(','), fields);
});

test('cells with commas, quotes and line breaks are quoted, and rows end as RFC 4180 says', (t) => {
  if (iteration === undefined) throw new Error('the made-up run has no iterations');
  const csv = iterationsCsv([{ ...iteration, reason: 'it said "no", twice\nand left' }]);
  t.true(csv.includes(',"it said ""no"", twice\nand left",'));
  t.true(csv.endsWith('\r\n'));
  t.is(csv.split('\r\n').length, 3);
});

test('a time that was not observed is an empty cell', (t) => {
  if (iteration === undefined) throw new Error('the made-up run has no iterations');
  const csv = iterationsCsv([{ ...iteration, timeToReadyMs: null, timeToSettleMs: null, watchedForMs: 99 }]);
  t.true(csv.endsWith(',,,99\r\n'));
});

test('each figure has a column, empty where an iteration has none', (t) => {
  const { results } = makeUpRun({
    disturbances: ['edit-env'],
    change: (iteration) => ({ ...iteration, figures: iteration.index === 1 ? { timeUnservedMs: 12.5 } : {} }),
  });
  const [header, first, second] = iterationsCsv(results.iterations).split('\r\n');
  t.true(header?.endsWith(',timeUnservedMs'));
  t.true(first?.endsWith(',12.5'));
  t.true(second?.endsWith(','));
});
