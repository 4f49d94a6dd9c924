import test from 'ava';
import { tableLines } from './table.ts';

const body = JSON.stringify({
  kind: 'Table',
  columnDefinitions: [
    { name: 'Name', priority: 0 },
    { name: 'Ready', priority: 0 },
    { name: 'Available', priority: 0 },
    { name: 'Images', priority: 1 },
  ],
  rows: [{ cells: ['web', '3/3', 3, 'registry.example/shop/web:1.4.2'] }],
});

test('a table reads as kubectl prints it', (t) => {
  t.deepEqual(tableLines(body, false), ['NAME   READY   AVAILABLE', 'web    3/3     3']);
});

test('further columns are there where they are asked for', (t) => {
  t.deepEqual(tableLines(body, true), [
    'NAME   READY   AVAILABLE   IMAGES',
    'web    3/3     3           registry.example/shop/web:1.4.2',
  ]);
});

test('a refusal reads as kubectl prints it', (t) => {
  const refusal = { kind: 'Status', reason: 'NotFound', message: 'deployments.apps "web" not found' };
  t.deepEqual(tableLines(JSON.stringify(refusal), false), [
    'Error from server (NotFound): deployments.apps "web" not found',
  ]);
});

test('what is neither a table nor a refusal is given as it is', (t) => {
  t.deepEqual(tableLines('gateway\ntimeout\n', false), ['gateway', 'timeout']);
});
