import test from 'ava';
import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import { textAt } from '../../lab/kube/objects.ts';
import { shop } from '../applications/shop.ts';
import { commitRemoval, revertRelease } from './by-commit.ts';

const objects = shop.objectsAt(7);

test('a removal leaves all other manifests as they are', (t) => {
  const left = commitRemoval('remove', 'Service/web').change(objects);
  t.deepEqual(
    left,
    objects.filter(({ kind }) => kind !== 'Service'),
  );
});

test('a change of what Git does not have is a mistake of the scenario', (t) => {
  const { after } = revertRelease('revert', 'Deployment/other', 'web', 'shop/web:broken');
  t.throws(() => after?.change(objects), {
    message: 'Git has no Deployment/other',
  });
});

test('a release that is taken back had another image, pods that never become ready, and leaves what was before', (t) => {
  const { change, after } = revertRelease('revert', 'Deployment/web', 'web', 'shop/web:broken');
  t.deepEqual(change(objects), objects);
  const bad = after?.change(objects).find(({ kind }) => kind === 'Deployment');
  t.is(textAt(bad, 'spec', 'template', 'spec', 'containers', 0, 'image'), 'shop/web:broken');
  t.is(textAt(bad, 'spec', 'template', 'metadata', 'annotations', neverReadyAnnotation), 'true');
  t.is(textAt(bad, 'spec', 'template', 'metadata', 'labels', 'app'), 'web');
  t.deepEqual(after?.breaks, ['Deployment/web']);
});
