import test from 'ava';
import { neverReadyAnnotation } from '../../lab/embedded/stages.ts';
import { textAt, valueAt } from '../../lab/kube/objects.ts';
import { shop } from '../applications/shop.ts';
import {
  commitBrokenManifest,
  commitGoodRelease,
  commitRemoval,
  commitReplicas,
  commitValue,
  revertRelease,
} from './by-commit.ts';

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

test('a good release has another image and pods that become ready', (t) => {
  const { change } = commitGoodRelease('good', 'Deployment/web', 'web', 'shop/web:good', ['Deployment/web']);
  const good = change(objects).find(({ kind }) => kind === 'Deployment');
  t.is(textAt(good, 'spec', 'template', 'spec', 'containers', 0, 'image'), 'shop/web:good');
  t.is(valueAt(good, 'spec', 'template', 'metadata', 'annotations'), undefined);
});

test('a value is set in the ConfigMap that is named, and in no other object', (t) => {
  const change = commitValue('told', 'ConfigMap/web', { key: 'currency', value: 'USD' }, { isTold: true });
  const after = change.change(objects);
  const differing = after.filter(
    (object, index) => JSON.stringify(object) !== JSON.stringify(objects[index]),
  );
  t.deepEqual(
    differing.map(({ kind }) => kind),
    ['ConfigMap'],
  );
  t.like(differing[0], { data: { currency: 'USD', release: '7' } });
  t.true(change.isTold);
});

test('replicas are set for one environment, and a broken manifest stays a manifest of the same object', (t) => {
  const replicas = commitReplicas('more', 'staging', 'Deployment/web', 5);
  t.like(
    replicas.change(objects).find(({ kind }) => kind === 'Deployment'),
    { spec: { replicas: 5 } },
  );
  t.is(replicas.environment, 'staging');
  const broken = commitBrokenManifest('broken', 'Deployment/web', ['Endpoints/web']);
  t.like(
    broken.change(objects).find(({ kind }) => kind === 'Deployment'),
    { metadata: { name: 'web' }, spec: { replicas: 'three' } },
  );
  t.is(broken.outcome, 'surfaced');
});
