import test from 'ava';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { answer, serveApi } from '../../lab/kube/api-server-for-tests.ts';
import { chooseWorker, moveAway, spread } from './machine-pods.ts';

function podOn(nodeName: string, name = nodeName): LiveObject {
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { nodeName }, status };
}

const workers = ['worker-1', 'worker-2', 'worker-3'];

test('the worker to lose runs the application, and as much or as little of the engine as can be', (t) => {
  const ofApplication = [podOn('worker-1'), podOn('worker-2')];
  const ofEngine = [podOn('worker-1'), podOn('worker-3'), podOn('worker-3')];
  const candidates = { workers, ofApplication, ofEngine };
  t.is(
    chooseWorker(candidates, 'engine'),
    'worker-1',
    'worker-3 runs more of the engine, and no application',
  );
  t.is(chooseWorker(candidates, 'no engine'), 'worker-2');
  t.is(chooseWorker({ ...candidates, ofEngine: [] }, 'engine'), 'worker-1', 'of several the first');
  t.throws(() => chooseWorker({ ...candidates, workers: ['worker-1'] }, 'engine'), {
    message: /another one/,
  });
});

test('pods that are to move go from cordoned nodes, which take pods again afterwards', async (t) => {
  const own: LiveObject = {
    ...podOn('worker-1', 'kube-proxy'),
    metadata: { name: 'kube-proxy', ownerReferences: [{ kind: 'DaemonSet' }] } as LiveObject['metadata'],
  };
  let pods = [own, podOn('worker-1', 'a'), podOn('worker-2', 'b')];
  await using server = await serveApi(({ method, path }, response) => {
    if (method === 'DELETE' && path.endsWith('/pods/a'))
      pods = [own, podOn('worker-2', 'c'), podOn('worker-2', 'b')];
    answer(response, method === 'GET' ? { kind: 'PodList', items: pods } : { kind: 'Status' });
  });
  const { signal } = new AbortController();
  t.true(await moveAway(server.access, 'flux-system', ['worker-1'], signal));
  const changes = server.requests.filter(({ method }) => method !== 'GET');
  t.deepEqual(
    changes.map(({ method, path, body }) => [
      method,
      path.split('/').at(-1),
      (body as LiveObject | undefined)?.['spec'],
    ]),
    [
      ['PATCH', 'worker-1', { unschedulable: true }],
      ['DELETE', 'a', undefined],
      ['PATCH', 'worker-1', { unschedulable: false }],
    ],
  );
  t.false(await moveAway(server.access, 'flux-system', ['worker-1'], signal), 'now none has to move');
});

test('the pods of an application are scheduled anew where a worker has none', async (t) => {
  let pods = [podOn('worker-1', 'a'), podOn('worker-2', 'b'), podOn('worker-3', 'c')];
  await using server = await serveApi(({ method }, response) => {
    answer(response, method === 'GET' ? { kind: 'PodList', items: pods } : { kind: 'Status' });
  });
  const removed = () => server.requests.filter(({ method }) => method === 'DELETE').length;
  await spread(server.access, 'shop', workers, new AbortController().signal);
  t.is(removed(), 0);
  pods = [podOn('worker-1', 'a'), podOn('worker-2', 'b')];
  await spread(server.access, 'shop', workers, new AbortController().signal);
  t.is(removed(), 2);
});
