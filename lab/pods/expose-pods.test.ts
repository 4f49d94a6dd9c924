import test from 'ava';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { exposePods } from './expose-pods.ts';

const { signal } = new AbortController();
const pods = { namespace: 'flux-system', name: 'receiver', labels: { app: 'receiver' }, port: 9292 };

test('pods are reached at a port of a node, where somebody answers', async (t) => {
  const web = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  t.teardown(() => web.close());
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  await using server = await serveApi(({ path, method, body }, response) => {
    if (method !== 'GET') answer(response, body);
    else if (path === '/api/v1/nodes') {
      const addresses = [
        { type: 'Hostname', address: 'node' },
        { type: 'InternalIP', address: '127.0.0.1' },
      ];
      answer(response, { items: [{ status: { addresses } }] });
    } else answer(response, { spec: { ports: [{ nodePort: port }] } });
  });
  t.is(await exposePods(server.access, pods, signal), `127.0.0.1:${port}`);
  const written = server.requests.filter(({ method }) => method !== 'GET');
  t.deepEqual(written.map(({ path }) => path).toSorted(), [
    '/api/v1/namespaces/flux-system/services/receiver',
    '/apis/networking.k8s.io/v1/namespaces/flux-system/networkpolicies/receiver',
  ]);
});

test('a node without an address is told of', async (t) => {
  await using server = await serveApi(({ path, method, body }, response) => {
    answer(response, method === 'GET' ? { items: path === '/api/v1/nodes' ? [{}] : [] } : body);
  });
  await t.throwsAsync(exposePods(server.access, pods, signal), {
    message: /no node of the lab has an address/,
  });
});
