import test from 'ava';
import { answer, serveApi } from '../../lab/kube/api-server-for-tests.ts';
import type { Drift } from '../scenario.ts';
import { editImage, editVariable, remove, scale } from './by-hand.ts';

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const webPath = '/apis/apps/v1/namespaces/shop/deployments/web';

/** What a disturbance sends to the API server. */
async function sent(disturbance: Drift) {
  await using server = await serveApi(({ body }, response) => {
    answer(response, body ?? { kind: 'Status', status: 'Success' });
  });
  await disturbance.act(server.access);
  const [request, ...more] = server.requests;
  if (request === undefined || more.length > 0) throw new Error(`${server.requests.length} requests`);
  return { ...request, fieldManager: request.query.get('fieldManager') };
}

test('scaling by hand sets the replicas and nothing else, as kubectl does', async (t) => {
  const disturbance = scale('scale-to-zero', deployment, 0);
  const request = await sent(disturbance);
  t.like(request, { method: 'PATCH', path: webPath, fieldManager: 'kubectl-scale' });
  t.regex(request.contentType, /^application\/(strategic-)?merge-patch\+json/);
  t.deepEqual((request.body as { spec?: unknown }).spec, { replicas: 0 });
  t.is(disturbance.command, 'kubectl -n shop scale deployment web --replicas=0');
});

test('an image is changed in its own container, and the other fields of the container stay', async (t) => {
  const disturbance = editImage('edit-image', deployment, 'web', 'shop/web:hotfix');
  const request = await sent(disturbance);
  t.like(request, { method: 'PATCH', path: webPath, fieldManager: 'kubectl-set' });
  // A merge patch would replace the whole list of containers.
  t.regex(request.contentType, /^application\/strategic-merge-patch\+json/);
  t.deepEqual((request.body as { spec?: unknown }).spec, {
    template: { spec: { containers: [{ name: 'web', image: 'shop/web:hotfix' }] } },
  });
  t.is(disturbance.command, 'kubectl -n shop set image deployment web web=shop/web:hotfix');
});

test('a variable is changed by its name', async (t) => {
  const disturbance = editVariable('edit-env', deployment, 'web', { name: 'GREETING', value: 'closed' });
  const request = await sent(disturbance);
  t.is(request.fieldManager, 'kubectl-set');
  t.deepEqual((request.body as { spec?: unknown }).spec, {
    template: { spec: { containers: [{ name: 'web', env: [{ name: 'GREETING', value: 'closed' }] }] } },
  });
  t.is(disturbance.command, 'kubectl -n shop set env deployment web GREETING=closed');
});

test('an object is deleted, and what hangs on it in the background, as kubectl does', async (t) => {
  const disturbance = remove('delete-deployment', deployment, { readies: ['Deployment/web'] });
  const request = await sent(disturbance);
  t.like(request, { method: 'DELETE', path: webPath });
  t.is(request.query.get('propagationPolicy'), 'Background');
  t.is(disturbance.command, 'kubectl -n shop delete deployment web');
  t.like(disturbance, { target: 'Deployment/web', effect: 'removed' });
});

test('with a namespace goes all that is in it', async (t) => {
  const disturbance = remove('delete-namespace', namespace, { alsoGone: [deployment], readies: [] });
  t.like(await sent(disturbance), { method: 'DELETE', path: '/api/v1/namespaces/shop' });
  t.is(disturbance.command, 'kubectl delete namespace shop');
  t.deepEqual(disturbance.restores, ['Namespace/shop', 'Deployment/web']);
});

test('a changed object is waited for until it is as Git has it and ready', (t) => {
  for (const disturbance of [
    scale('scale-up', deployment, 5),
    editImage('edit-image', deployment, 'web', 'shop/web:hotfix'),
    editVariable('edit-env', deployment, 'web', { name: 'GREETING', value: 'closed' }),
  ]) {
    t.like(disturbance, {
      kind: 'drift',
      effect: 'changed',
      target: 'Deployment/web',
      restores: ['Deployment/web'],
      readies: ['Deployment/web'],
    });
  }
});
