import test from 'ava';
import { parse } from 'yaml';
import { helmReleaseFiles } from './helm-release.ts';

const application = { name: 'shop', namespace: 'store', path: 'apps/shop' };
const options = {
  sourceInterval: '2s',
  applyInterval: '3s',
  retryInterval: '4s',
  timeout: '30s',
  wait: true,
  prune: true,
  imageInterval: '2s',
};
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'store' } };
const chart = {
  repository: '127.0.0.1:5000/charts',
  name: 'shop',
  version: '1.2.3',
  values: { image: 'web:1' },
  correctsDrift: true,
};

test('Git names the chart, its version and its values, and has a failed upgrade rolled back', (t) => {
  const files = helmReleaseFiles(application, { chart, objects: [namespace] }, options);
  t.deepEqual(Object.keys(files), [
    'apps/shop/namespace-store.yaml',
    'apps/shop/ocirepository-shop.yaml',
    'apps/shop/helmrelease-shop.yaml',
  ]);
  t.like(parse(files['apps/shop/ocirepository-shop.yaml'] ?? ''), {
    metadata: { namespace: 'store' },
    spec: {
      interval: '2s',
      insecure: true,
      url: 'oci://127.0.0.1:5000/charts/shop',
      ref: { tag: '1.2.3' },
    },
  });
  t.like(parse(files['apps/shop/helmrelease-shop.yaml'] ?? ''), {
    spec: {
      interval: '3s',
      timeout: '30s',
      driftDetection: { mode: 'enabled' },
      upgrade: { remediation: { remediateLastFailure: true, strategy: 'rollback' } },
      values: { image: 'web:1' },
    },
  });
});

test('drift that is to be left is not looked for', (t) => {
  const left = { ...chart, correctsDrift: false };
  const files = helmReleaseFiles(application, { chart: left, objects: [] }, options);
  t.like(parse(files['apps/shop/helmrelease-shop.yaml'] ?? ''), {
    spec: { driftDetection: { mode: 'disabled' } },
  });
});

test('without a release Git has the objects beside it alone', (t) => {
  const files = helmReleaseFiles(application, { chart: undefined, objects: [namespace] }, options);
  t.deepEqual(Object.keys(files), ['apps/shop/namespace-store.yaml']);
});
