import test from 'ava';
import { imagesOf } from './images-of.ts';

const metadata = { name: 'one' };

test('the images of all containers are found, each once', (t) => {
  const template = {
    spec: { initContainers: [{ image: 'a:1' }, { image: 'b:1' }], containers: [{ image: 'a:1' }, {}] },
  };
  const objects = [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { jobTemplate: { spec: { template } } } },
    { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ image: 'c:1' }] } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} },
  ];
  t.deepEqual(imagesOf(objects), ['a:1', 'b:1', 'c:1']);
});
