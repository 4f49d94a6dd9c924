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
  t.deepEqual(tableLines(body, 'usual'), ['NAME   READY   AVAILABLE', 'web    3/3     3']);
});

test('further columns are there where they are asked for', (t) => {
  t.deepEqual(tableLines(body, 'wide'), [
    'NAME   READY   AVAILABLE   IMAGES',
    'web    3/3     3           registry.example/shop/web:1.4.2',
  ]);
});

test('of all namespaces, each row begins with its own', (t) => {
  const rows = ['app-01', 'app-02'].map((namespace) => ({
    cells: [namespace, '2/2'],
    object: { metadata: { namespace } },
  }));
  const columnDefinitions = [{ name: 'Name' }, { name: 'Ready' }];
  t.deepEqual(tableLines(JSON.stringify({ kind: 'Table', columnDefinitions, rows }), 'with-namespaces'), [
    'NAMESPACE   NAME     READY',
    'app-01      app-01   2/2',
    'app-02      app-02   2/2',
  ]);
});

test('a refusal reads as kubectl prints it', (t) => {
  const refusal = { kind: 'Status', reason: 'NotFound', message: 'deployments.apps "web" not found' };
  t.deepEqual(tableLines(JSON.stringify(refusal), 'usual'), [
    'Error from server (NotFound): deployments.apps "web" not found',
  ]);
});

test('what is neither a table nor a refusal is given as it is', (t) => {
  t.deepEqual(tableLines('gateway\ntimeout\n', 'usual'), ['gateway', 'timeout']);
});
