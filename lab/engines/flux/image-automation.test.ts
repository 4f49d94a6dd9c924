import test from 'ava';
import { parse } from 'yaml';
import { automationFile, markedFiles } from './image-automation.ts';

const application = { name: 'shop', namespace: 'store', path: 'apps/shop' };
const followed = { image: '127.0.0.1:41234/shop/web', range: '1.x' };
const options = {
  sourceInterval: '2s',
  applyInterval: '3s',
  retryInterval: '4s',
  timeout: '30s',
  wait: true,
  prune: true,
  imageInterval: '5s',
};

test('Git tells Flux which image to read, which tag to take, and where to write it', (t) => {
  const files = automationFile(application, followed, options);
  t.deepEqual(Object.keys(files), ['clusters/lab/shop-image.yaml']);
  const documents = (Object.values(files)[0] ?? '').split('---\n');
  const [repository, policy, automation] = documents.map((document): unknown => parse(document));
  t.like(repository, {
    kind: 'ImageRepository',
    spec: { image: followed.image, interval: '5s', insecure: true },
  });
  t.like(policy, {
    kind: 'ImagePolicy',
    spec: { imageRepositoryRef: { name: 'shop' }, policy: { semver: { range: '1.x' } } },
  });
  t.like(automation, {
    kind: 'ImageUpdateAutomation',
    spec: { interval: '5s', update: { path: './apps/shop', strategy: 'Setters' } },
  });
});

test('a manifest or values that name the image bear the mark of its policy, and nothing else does', (t) => {
  const manifest = 'containers:\n  - name: web\n    image: 127.0.0.1:41234/shop/web:1.0.0\n';
  const other = 'containers:\n  - image: 127.0.0.1:41234/shop/web-cache:1.0.0\n';
  const marked = markedFiles(application, followed, { 'a.yaml': manifest, 'b.yaml': other });
  t.regex(marked['a.yaml'] ?? '', /web:1\.0\.0 # \{"\$imagepolicy": "flux-system:shop"\}$/m);
  t.deepEqual(parse(marked['a.yaml'] ?? ''), parse(manifest), 'it is a comment');
  t.is(marked['b.yaml'], other);
});
