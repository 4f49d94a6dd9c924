import test from 'ava';
import { parse } from 'yaml';
import { driftRecovery } from '../drift-recovery.ts';
import { manifestFiles } from './revisions.ts';

const { application } = driftRecovery;

test('each object of a release is a file of its own, and reads back as it was', (t) => {
  const files = manifestFiles(application, application.objectsAt(7));
  t.deepEqual(Object.keys(files), [
    'apps/shop/namespace-shop.yaml',
    'apps/shop/configmap-web.yaml',
    'apps/shop/deployment-web.yaml',
    'apps/shop/service-web.yaml',
  ]);
  const objects = Object.values(files).map((text) => parse(text) as unknown);
  t.deepEqual<unknown, unknown>(objects, application.objectsAt(7));
});

test('text that an older YAML would take for a number or a switch stays text', (t) => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web' },
    data: { release: '7', switch: 'yes', off: 'no', octal: '010' },
  };
  const [text = ''] = Object.values(manifestFiles(application, [object]));
  t.deepEqual(parse(text, { version: '1.1' }), object);
});
