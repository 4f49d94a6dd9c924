import test from 'ava';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { compareClusters, differingCount } from './compare.ts';
import { applicationsOf, objectsOf } from './fleet.ts';

/** What a cluster makes of Git's objects: what it draws carries `mark`. */
function cluster(mark: string, release = 1): LiveObject[] {
  const [application] = applicationsOf(1);
  if (application === undefined) throw new Error('there is no application');
  return objectsOf(application, release).map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      uid: `${mark}-${object.kind}`,
      resourceVersion: mark,
      creationTimestamp: mark,
      managedFields: [{ manager: mark }],
    },
    status: { mark },
  }));
}

function pod(name: string, image: string, volume: string): LiveObject {
  const metadata = { name, namespace: 'app-01', generateName: 'app-01-6f-', uid: name };
  const mount = { name: volume, mountPath: '/var/run/secrets' };
  const spec = {
    nodeName: `node of ${name}`,
    volumes: [{ name: volume, projected: {} }],
    containers: [{ name: 'app', image, volumeMounts: [mount] }],
  };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

test('clusters that differ in nothing but what Git cannot know are equal', (t) => {
  const compared = compareClusters(cluster('lost'), cluster('rebuilt'));
  t.like(compared, { objects: 4, differing: [], missing: [], extra: [] });
  t.is(differingCount(compared), 0);
  const counts = new Map(compared.leftOut.map(({ what, objects }) => [what, objects]));
  t.is(counts.get('metadata.uid'), 4);
  t.is(counts.get('spec.clusterIP of Services'), 0);
  t.true(compared.leftOut.every(({ reason }) => reason !== ''));
});

test('a difference is named by object and path, in whichever of the two it is', (t) => {
  const [namespace, configMap, ...others] = cluster('rebuilt');
  if (namespace === undefined || configMap === undefined) throw new Error('objects are missing');
  const changed = { ...configMap, data: { release: '2', greeting: 'welcome', added: 'yes' } };
  const labelled = { ...namespace, metadata: { ...namespace.metadata, labels: {} } };
  const compared = compareClusters(cluster('lost'), [labelled, changed, ...others]);
  t.deepEqual(compared.differing, [
    { object: 'ConfigMap/app-01/app-01', paths: ['data.release', 'data.added'] },
    {
      object: 'Namespace/app-01',
      paths: ['metadata.labels.app', 'metadata.labels.app.kubernetes.io/part-of'],
    },
  ]);
});

test('what is in one cluster alone is missing or extra', (t) => {
  const [first, ...others] = cluster('lost');
  const compared = compareClusters(cluster('lost'), others);
  t.deepEqual(compared.missing, [`Namespace/${first?.metadata.name ?? ''}`]);
  t.deepEqual(compareClusters(others, cluster('rebuilt')).extra, compared.missing);
  t.is(differingCount(compared), 1);
});

test('objects with drawn names are matched by what is in them', (t) => {
  const lost = [pod('app-01-6f-aaaaa', 'app:1', 'token-a'), pod('app-01-6f-bbbbb', 'app:2', 'token-b')];
  const rebuilt = [pod('app-01-6f-ccccc', 'app:2', 'token-c'), pod('app-01-6f-ddddd', 'app:1', 'token-d')];
  t.like(compareClusters(lost, rebuilt), { objects: 2, differing: [], missing: [], extra: [] });
  const fewer = compareClusters(lost, rebuilt.slice(1));
  t.deepEqual(fewer.missing, ['Pod/app-01/app-01-6f-* 2']);
  const other = [pod('app-01-6f-ccccc', 'app:3', 'token-c'), pod('app-01-6f-ddddd', 'app:1', 'token-d')];
  t.deepEqual(compareClusters(lost, other).differing, [
    { object: 'Pod/app-01/app-01-6f-* 2', paths: ['spec.containers.0.image'] },
  ]);
});

test('the certificate of the cluster is left out of the one ConfigMap that holds it, and of no other', (t) => {
  const holder = (name: string, certificate: string): LiveObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'app-01' },
    data: { 'ca.crt': certificate },
  });
  t.is(
    differingCount(compareClusters([holder('kube-root-ca.crt', 'old')], [holder('kube-root-ca.crt', 'new')])),
    0,
  );
  t.is(differingCount(compareClusters([holder('own', 'old')], [holder('own', 'new')])), 1);
});

test('Events are no part of a comparison', (t) => {
  const event: LiveObject = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'a', namespace: 'app-01' } };
  t.is(compareClusters([event], []).objects, 0);
});

test('an object whose only annotation is left out equals one without any, and entries of lists still count', (t) => {
  const endpoints = (annotations: object | undefined, addresses: number): LiveObject => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'app',
      namespace: 'app',
      ...(annotations === undefined ? {} : { annotations }),
    } as LiveObject['metadata'],
    subsets: [{ addresses: Array.from({ length: addresses }, (_, index) => ({ ip: `10.0.0.${index}` })) }],
  });
  const timed = { 'endpoints.kubernetes.io/last-change-trigger-time': 'now' };
  t.is(differingCount(compareClusters([endpoints(timed, 2)], [endpoints(undefined, 2)])), 0);
  t.is(differingCount(compareClusters([endpoints(timed, 2)], [endpoints({ ...timed, own: 'yes' }, 2)])), 1);
  t.is(differingCount(compareClusters([endpoints(timed, 2)], [endpoints(timed, 1)])), 1);
});
