import test from 'ava';
import { parse } from 'yaml';
import { valueAt } from '../../kube/objects.ts';
import { kustomizedFiles } from './image-files.ts';
import { updaterObjects } from './image-updater.ts';

const application = { name: 'shop', namespace: 'store', path: 'apps/shop' };
const followed = { image: '127.0.0.1:41234/shop/web', range: '1.x' };
const inValues = { ...followed, inValues: { chart: 'shop', key: 'image' } };
const files = {
  'apps/shop/namespace-store.yaml': 'kind: Namespace\n',
  'apps/shop/deployment-web.yaml': 'image: 127.0.0.1:41234/shop/web:1.0.3\n',
};

test('a folder of manifests becomes one of Kustomize, which gives the image its tag', (t) => {
  const written = kustomizedFiles(application, followed, files);
  t.like(written, files);
  t.deepEqual(parse(written['apps/shop/kustomization.yaml'] ?? ''), {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['namespace-store.yaml', 'deployment-web.yaml'],
    images: [{ name: followed.image, newTag: '1.0.3' }],
  });
});

test('as long as nothing names the image, no tag is set', (t) => {
  const { 'apps/shop/namespace-store.yaml': namespace } = files;
  const written = kustomizedFiles(application, followed, { 'apps/shop/namespace-store.yaml': namespace });
  t.false('images' in (parse(written['apps/shop/kustomization.yaml'] ?? '') as object));
});

test('a chart stays as it is', (t) => {
  t.deepEqual(kustomizedFiles(application, inValues, files), files);
});

test('the Image Updater is told where the tag is written: to the kustomization, or to a value of the chart', (t) => {
  const refOf = (image: typeof followed): unknown =>
    valueAt(updaterObjects(application, image).at(-1), 'spec', 'applicationRefs', 0);
  t.like(refOf(followed), {
    namePattern: 'shop',
    writeBackConfig: { method: 'git', gitConfig: { branch: 'main', writeBackTarget: 'kustomization' } },
    images: [
      {
        imageName: '127.0.0.1:41234/shop/web:1.x',
        manifestTargets: { kustomize: { name: followed.image } },
      },
    ],
  });
  t.like(refOf(inValues), {
    writeBackConfig: { gitConfig: { writeBackTarget: 'helmvalues:values.yaml' } },
    images: [{ manifestTargets: { helm: { spec: 'shop.image' } } }],
  });
});
