import test from 'ava';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { waitUntil } from '../../common/wait.ts';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import type { LiveObject } from '../kube/objects.ts';
import { prepareOperator, type OperatorAddress } from './operator.ts';
import { reviewWidget } from './webhook.ts';
import { operatorName, widget } from './widget.ts';

const { signal } = new AbortController();
const deployments = '/apis/apps/v1/namespaces/workshop/deployments';

const deployment = (availableReplicas: number, resourceVersion: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: operatorName, uid: 'd', resourceVersion },
  status: { availableReplicas },
});
const cog: LiveObject = {
  apiVersion: widget.apiVersion,
  kind: widget.kind,
  metadata: { name: 'cog', namespace: 'workshop', uid: 'w', resourceVersion: '1' },
  spec: { size: 2 },
};

/** Asks the webhook as the API server does; the answer's text. */
async function ask({ url, authority }: OperatorAddress, object: LiveObject): Promise<string> {
  const asked = request(url, { method: 'POST', ca: authority });
  asked.end(JSON.stringify({ request: { uid: 'r', object } }));
  const [response] = (await once(asked, 'response')) as [Parameters<typeof text>[0]];
  return text(response);
}

test('it answers and makes what widgets stand for only while its Deployment has an available pod', async (t) => {
  let tell: ServerResponse | undefined;
  await using server = await serveApi(({ path, query, method, body }, response) => {
    if (method !== 'GET') {
      answer(response, body);
      return;
    }
    if (query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      if (path === deployments) tell = response;
      return;
    }
    const items = path === deployments ? [] : [cog];
    answer(response, { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '1' }, items });
  });
  const { address, start } = await prepareOperator('127.0.0.1');
  const lines: string[] = [];
  const operator = start({
    access: server.access,
    namespace: 'workshop',
    log: (line) => lines.push(line),
  });
  const said = async (line: string) =>
    waitUntil(async () => Promise.resolve(lines.includes(line) ? true : undefined), {
      goal: line,
      timeoutMs: 30_000,
      signal,
    });
  const event = (type: string, object: object) => tell?.write(`${JSON.stringify({ type, object })}\n`);
  await waitUntil(async () => Promise.resolve(tell), { goal: 'the watch', timeoutMs: 30_000, signal });
  await t.throwsAsync(ask(address, cog), { code: 'ECONNREFUSED' });
  event('ADDED', deployment(0, '2'));
  event('MODIFIED', deployment(1, '3'));
  await said('made what cog stands for');
  t.regex(await ask(address, cog), /"allowed":true/);
  const made = server.requests.find(({ path }) => path.endsWith('/configmaps/widget-cog'));
  t.like(made?.body, { data: { size: '2' }, metadata: { ownerReferences: [{ uid: 'w' }] } });
  event('MODIFIED', deployment(0, '4'));
  await said('not at work');
  await t.throwsAsync(ask(address, cog), { code: 'ECONNREFUSED' });
  await operator.stop();
});

test('a widget without a size is refused, and why is said', (t) => {
  const review = { request: { uid: 'r', object: { ...cog, spec: {} } } };
  t.like(reviewWidget(review), {
    response: { uid: 'r', allowed: false, status: { message: 'spec.size must be more than 0' } },
  });
});
