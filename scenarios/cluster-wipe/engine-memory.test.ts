import test from 'ava';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { memoryChanges } from './engine-memory.ts';

function application(name: string, status: object): LiveObject {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name }, status };
}

test('what an engine no longer knows is told by path, with how many objects it is of', (t) => {
  const lost = ['app-01', 'app-02'].map((name) =>
    application(name, { history: [{ id: 0 }, { id: 1 }], sync: { revision: 'a' } }),
  );
  const rebuilt = ['app-02', 'app-01'].map((name) =>
    application(name, { history: [{ id: 0 }], sync: { revision: 'a' } }),
  );
  t.deepEqual(memoryChanges(lost, rebuilt), [
    { path: 'status.history', objects: 2, before: '2 entries', after: '1 entry' },
  ]);
});

test('entries of lists of one length share a path', (t) => {
  const conditions = (at: string) => ({ conditions: [{ at }, { at }] });
  t.deepEqual(memoryChanges([application('a', conditions('1'))], [application('a', conditions('2'))]), [
    { path: 'status.conditions.at', objects: 1, before: '1', after: '2' },
  ]);
});

test('an object that is gone has forgotten all', (t) => {
  const [change, ...others] = memoryChanges([application('a', { phase: 'Ready' })], []);
  t.deepEqual(others, []);
  t.like(change, { path: 'status', before: '{"phase":"Ready"}', after: 'nothing' });
});
