import test from 'ava';
import { textAt } from '../../lab/kube/objects.ts';
import { commitNeverReady } from '../disturbances/by-commit.ts';
import { chartShop, withNextChart } from './shop-chart.ts';
import { image, replicas } from './shop.ts';

const { chart, objectsAt } = chartShop;
const objects = objectsAt(7);

test('the values are what the objects hold, and the version is that of their chart', (t) => {
  t.deepEqual(chart?.releaseOf(objects), {
    version: '1.0.0',
    values: { replicas, image, release: '7', currency: 'EUR', neverReady: false },
  });
  const { change } = commitNeverReady('broken', 'Deployment/web', 'web', 'shop/web:broken', []);
  t.like(chart?.releaseOf(change(objects)), { values: { image: 'shop/web:broken', neverReady: true } });
});

test('a Namespace alone is no release, for no chart renders it', (t) => {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  t.is(chart?.releaseOf(namespaces), undefined);
  t.deepEqual(
    objects.filter((object) => chart?.renders(object) === false),
    namespaces,
  );
});

test('the next chart has the same values, a version that no other release has, and other pods', (t) => {
  const next = withNextChart(objects);
  const release = chart?.releaseOf(next);
  t.is(release?.version, '1.7.0');
  t.deepEqual(release?.values, chart?.releaseOf(objects)?.values);
  t.not(chart?.releaseOf(withNextChart(objectsAt(8)))?.version, release?.version);
  const deployment = next.find(({ kind }) => kind === 'Deployment');
  t.is(textAt(deployment, 'spec', 'template', 'metadata', 'annotations', 'chart'), '1.7.0');
});
