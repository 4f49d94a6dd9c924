import test from 'ava';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { shop } from '../applications/shop.ts';
import { differingPaths } from './difference.ts';
import { observeObject } from './observe-object.ts';
import { readinessOf } from './readiness.ts';

const desired = shop.objectsAt(1);

function fromGit(kind: string): LiveObject {
  const object = desired.find((candidate) => candidate.kind === kind);
  if (object === undefined) throw new Error(`the shop has no ${kind}`);
  return { ...object, metadata: { ...object.metadata, uid: 'one', generation: 2, resourceVersion: '40' } };
}

function deployment(status: object): LiveObject {
  return { ...fromGit('Deployment'), status: { observedGeneration: 2, ...status } };
}

const allReady = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };

function slice(ready: readonly boolean[], metadata: object): LiveObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-x7k2p', uid: 'slice', ...metadata },
    endpoints: ready.map((isReady) => ({ conditions: { ready: isReady } })),
  };
}

test('only what Git says is compared', (t) => {
  t.deepEqual(differingPaths({ a: 1, b: { c: 'x' } }, { a: 1, b: { c: 'x', added: true }, status: {} }), []);
});

test('every path that is not as Git has it is named', (t) => {
  const wanted = {
    replicas: 3,
    template: { image: 'a:1', env: [{ name: 'A', value: '1' }] },
    labels: { x: 'y' },
  };
  const live = { replicas: 0, template: { image: 'a:2', env: [{ name: 'A', value: '2' }] } };
  t.deepEqual(differingPaths(wanted, live), ['replicas', 'template.image', 'template.env.0.value', 'labels']);
});

test('a list of another length or order differs', (t) => {
  t.deepEqual(differingPaths({ ports: [1, 2] }, { ports: [1] }), ['ports']);
  t.deepEqual(differingPaths({ ports: [1, 2] }, { ports: [2, 1] }), ['ports.0', 'ports.1']);
  t.deepEqual(differingPaths({ ports: [1] }, { ports: { 0: 1 } }), ['ports']);
});

test('an object is never different from itself, and always from one that lacks a field of it', (t) => {
  for (const object of desired) {
    t.deepEqual(differingPaths(object, structuredClone(object)), []);
    for (const field of Object.keys(object)) {
      t.not(differingPaths(object, { ...object, [field]: undefined }).length, 0, `${object.kind} ${field}`);
    }
  }
});

test('a Deployment is ready when every replica of its newest template is, and no older one is left', (t) => {
  t.deepEqual(readinessOf(deployment(allReady)), { isReady: true, summary: '3/3 ready' });
  for (const [field, count] of Object.entries({ ...allReady, replicas: 4 })) {
    const other = { ...allReady, [field]: count === 4 ? 4 : 2 };
    t.false(readinessOf(deployment(other)).isReady, field);
  }
});

test('a status of an older generation is stale, and never ready', (t) => {
  t.false(readinessOf(deployment({ ...allReady, observedGeneration: 1 })).isReady);
});

test('a Deployment scaled to zero has its wanted replicas, though the API leaves zeros out', (t) => {
  const none = { ...deployment({}), spec: { replicas: 0 } };
  t.deepEqual(readinessOf(none), { isReady: true, summary: '0/0 ready' });
});

test('a StatefulSet is judged by the counts of a Deployment, and a DaemonSet by the nodes that it is for', (t) => {
  const stateful = { ...deployment(allReady), kind: 'StatefulSet' };
  t.deepEqual(readinessOf(stateful), { isReady: true, summary: '3/3 ready' });
  t.false(readinessOf({ ...stateful, status: { ...allReady, readyReplicas: 2 } }).isReady);
  const counts = { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2, numberAvailable: 2 };
  const daemons = (status: object) => ({
    ...deployment(allReady),
    kind: 'DaemonSet',
    status: { observedGeneration: 2, ...status },
  });
  t.deepEqual(readinessOf(daemons(counts)), { isReady: true, summary: '2/2 ready' });
  t.false(readinessOf(daemons({ ...counts, numberReady: 1 })).isReady);
  t.false(readinessOf(daemons({ ...counts, updatedNumberScheduled: 1 })).isReady);
  t.false(readinessOf(daemons({ ...counts, observedGeneration: 1 })).isReady);
});

test('a kind is ready when it is served', (t) => {
  const definition = { ...fromGit('Namespace'), kind: 'CustomResourceDefinition' };
  t.false(readinessOf(definition).isReady);
  const conditions = [{ type: 'Established', status: 'True' }];
  t.true(readinessOf({ ...definition, status: { conditions } }).isReady);
});

test('endpoints are ready when one is; what is neither has only to exist', (t) => {
  t.deepEqual(readinessOf(slice([false, true], {})), { isReady: true, summary: '1 ready' });
  t.deepEqual(readinessOf(slice([false], {})), { isReady: false, summary: '0 ready' });
  t.false(readinessOf(slice([], {})).isReady);
  t.true(readinessOf(fromGit('ConfigMap')).isReady);
});

test('a namespace that is being deleted is not ready', (t) => {
  t.true(readinessOf({ ...fromGit('Namespace'), status: { phase: 'Active' } }).isReady);
  t.false(readinessOf({ ...fromGit('Namespace'), status: { phase: 'Terminating' } }).isReady);
});

test('an event of an object in Git becomes an observation of it', (t) => {
  const event = { type: 'MODIFIED' as const, object: deployment(allReady), atMs: 5 };
  t.deepEqual(observeObject(event, desired), {
    type: 'object',
    event: 'MODIFIED',
    object: 'Deployment/web',
    uid: 'one',
    generation: 2,
    resourceVersion: '40',
    isTerminating: false,
    differsFromGit: [],
    isReady: true,
    summary: '3/3 ready',
  });
});

test('what is held against Git is the release that Git has', (t) => {
  const event = { type: 'MODIFIED' as const, object: fromGit('ConfigMap'), atMs: 5 };
  t.deepEqual(observeObject(event, shop.objectsAt(2))?.differsFromGit, ['data.release']);
});

test('objects that Git does not describe are left out', (t) => {
  const foreign = { ...fromGit('ConfigMap'), metadata: { name: 'kube-root-ca.crt' } };
  t.is(observeObject({ type: 'ADDED', object: foreign, atMs: 5 }, desired), undefined);
});

test('what is gone or going is not ready, whatever its status still says', (t) => {
  const object = deployment(allReady);
  t.like(observeObject({ type: 'DELETED', object, atMs: 5 }, desired), { isReady: false, summary: 'gone' });
  const metadata = { ...object.metadata, deletionTimestamp: '2026-11-21T00:00:00Z' };
  t.like(observeObject({ type: 'MODIFIED', object: { ...object, metadata }, atMs: 5 }, desired), {
    isReady: false,
    isTerminating: true,
    summary: 'terminating',
  });
});

test('endpoints stand under the name of their Service, and count as those of its one object', (t) => {
  const object = slice([true], {
    labels: { 'kubernetes.io/service-name': 'web' },
    ownerReferences: [{ kind: 'Service', uid: 'service-one' }],
  });
  t.like(observeObject({ type: 'ADDED', object, atMs: 5 }, desired), {
    object: 'Endpoints/web',
    uid: 'service-one',
    isReady: true,
    differsFromGit: [],
  });
});
