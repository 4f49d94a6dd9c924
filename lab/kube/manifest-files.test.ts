import test from 'ava';
import { parse } from 'yaml';
import { manifestFiles } from './manifest-files.ts';
import type { LiveObject } from './objects.ts';

const folder = 'apps/shop';
const metadata = { name: 'web', namespace: 'shop' };
const objects: readonly LiveObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { release: '7', currency: 'EUR' } },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 3 } },
  { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80, targetPort: 8080 }] } },
];

test('each object of a release is a file of its own, and reads back as it was', (t) => {
  const files = manifestFiles(folder, objects);
  t.deepEqual(Object.keys(files), [
    'apps/shop/namespace-shop.yaml',
    'apps/shop/configmap-web.yaml',
    'apps/shop/deployment-web.yaml',
    'apps/shop/service-web.yaml',
  ]);
  const read = Object.values(files).map((text) => parse(text) as unknown);
  t.deepEqual<unknown, unknown>(read, objects);
});

test('text that an older YAML would take for a number or a switch stays text', (t) => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: { release: '7', switch: 'yes', off: 'no', octal: '010' },
  };
  const [text = ''] = Object.values(manifestFiles(folder, [object]));
  t.deepEqual(parse(text, { version: '1.1' }), object);
});
