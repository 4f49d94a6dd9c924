import test from 'ava';
import { numberAt } from '../../lab/kube/objects.ts';
import { shop } from '../applications/shop.ts';
import { commitRemoval, commitReplicas } from './by-commit.ts';

const objects = shop.objectsAt(7);

test('a commit of replicas changes them and nothing else', (t) => {
  const changed = commitReplicas('more', 'Deployment/web', 5).change(objects);
  const deployment = changed.find(({ kind }) => kind === 'Deployment');
  t.is(numberAt(deployment, 'spec', 'replicas'), 5);
  const restored = commitReplicas('same', 'Deployment/web', 3).change(changed);
  t.deepEqual(restored, objects);
});

test('a removal leaves all other manifests as they are', (t) => {
  const left = commitRemoval('remove', 'Service/web').change(objects);
  t.deepEqual(
    left,
    objects.filter(({ kind }) => kind !== 'Service'),
  );
});

test('a change of what Git does not have is a mistake of the scenario', (t) => {
  t.throws(() => commitReplicas('more', 'Deployment/other', 5).change(objects), {
    message: 'Git has no Deployment/other',
  });
});
