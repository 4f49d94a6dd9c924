import test from 'ava';
import { answer, serveApi } from './api-server-for-tests.ts';
import { applyObjects, parseManifests } from './apply.ts';

const signal = new AbortController().signal;

const manifests = `
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: shop }
---
# an empty document
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: apples.example.org }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

test('manifests are read document by document, and empty ones are left out', (t) => {
  const kinds = parseManifests(manifests).map(({ kind }) => kind);
  t.deepEqual(kinds, ['ConfigMap', 'CustomResourceDefinition', 'Namespace']);
  t.deepEqual(parseManifests(''), []);
  t.deepEqual(parseManifests('---\n'), []);
});

test('broken YAML is refused, and where it breaks is said', (t) => {
  t.throws(() => parseManifests('kind: ConfigMap\nmetadata: {name: web'), {
    name: 'ExplainedError',
    message: 'the manifests are not YAML',
  });
});

test('namespaces and new kinds are applied first, and a kind is waited for until it is served', async (t) => {
  let asked = 0;
  await using server = await serveApi(({ method, path, body }, response) => {
    if (method === 'PATCH') {
      answer(response, body);
      return;
    }
    asked += 1;
    if (path === '/apis/example.org/v2') {
      answer(response, { kind: 'APIResourceList' }, asked > 3 ? 200 : 404);
      return;
    }
    const status = { conditions: [{ type: 'Established', status: asked > 1 ? 'True' : 'False' }] };
    const versions = [
      { name: 'v1', served: false },
      { name: 'v2', served: true },
    ];
    const spec = { group: 'example.org', versions };
    answer(response, { kind: 'CustomResourceDefinition', spec, status });
  });
  await applyObjects(server.access, parseManifests(manifests), signal);
  const sent = server.requests.map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`);
  t.deepEqual(sent.slice(0, 2).sort(), [
    'PATCH customresourcedefinitions/apples.example.org',
    'PATCH namespaces/shop',
  ]);
  t.deepEqual(sent.slice(2), [
    'GET customresourcedefinitions/apples.example.org',
    'GET customresourcedefinitions/apples.example.org',
    'GET example.org/v2',
    'GET customresourcedefinitions/apples.example.org',
    'GET example.org/v2',
    'PATCH configmaps/web',
  ]);
});

test('objects are applied by the server, in the name of the lab', async (t) => {
  await using server = await serveApi(({ body }, response) => {
    answer(response, body);
  });
  await applyObjects(server.access, parseManifests(manifests).slice(0, 1), signal);
  const [sent] = server.requests;
  t.is(sent?.path, '/api/v1/namespaces/shop/configmaps/web');
  t.is(sent?.contentType, 'application/apply-patch+yaml');
  t.deepEqual(Object.fromEntries(sent?.query ?? []), { fieldManager: 'gitops-lab', force: 'true' });
});

test('an object that is refused is named, with what the API server said', async (t) => {
  await using server = await serveApi((_, response) => {
    answer(response, { kind: 'Status', message: 'namespaces "shop" not found' }, 404);
  });
  const applied = applyObjects(server.access, parseManifests(manifests).slice(0, 1), signal);
  const error = await t.throwsAsync(applied, { message: 'ConfigMap web could not be applied' });
  t.regex((error as { why?: string }).why ?? '', /namespaces .*shop.* not found/);
});

test('nothing is applied once the run is interrupted', async (t) => {
  await using server = await serveApi(({ body }, response) => {
    answer(response, body);
  });
  const reason = new Error('stopped by the user');
  const applied = applyObjects(server.access, parseManifests(manifests), AbortSignal.abort(reason));
  t.is(await t.throwsAsync(applied), reason);
  t.deepEqual(server.requests, []);
});
