import test from 'ava';
import {
  bareObject,
  conditionStatus,
  listAt,
  numberAt,
  referenceOf,
  textAt,
  valueAt,
  type LiveObject,
} from './objects.ts';

const deployment: LiveObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'one' },
  status: { readyReplicas: 3, conditions: [{ type: 'Available', status: 'True' }] },
};

test('values are found by their path', (t) => {
  t.is(valueAt(deployment, 'status', 'conditions', 0, 'type'), 'Available');
  t.is(numberAt(deployment, 'status', 'readyReplicas'), 3);
  t.is(textAt(deployment, 'metadata', 'uid'), 'one');
  t.is(listAt(deployment, 'status', 'conditions').length, 1);
  t.is(conditionStatus(deployment, 'Available'), 'True');
});

test('what is not there, or of another type, is empty', (t) => {
  t.is(valueAt(deployment, 'spec', 'replicas'), undefined);
  t.is(valueAt(null, 'spec'), undefined);
  t.is(numberAt(deployment, 'metadata', 'uid'), 0);
  t.is(textAt(deployment, 'status', 'readyReplicas'), '');
  t.deepEqual(listAt(deployment, 'status'), []);
  t.is(conditionStatus(deployment, 'Progressing'), '');
  t.is(conditionStatus({ ...deployment, status: {} }, 'Available'), '');
});

test('a reference and its bare object name the same', (t) => {
  const reference = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  t.deepEqual(referenceOf(deployment), reference);
  t.deepEqual(referenceOf(bareObject(reference)), reference);
  const cluster = bareObject({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' });
  t.deepEqual(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});
