import test from 'ava';
import { getEventListeners } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startClock } from '../../common/clock.ts';
import { waitUntil } from '../../common/wait.ts';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { followPodLogs } from './pod-logs.ts';

const pods = Array.from({ length: 12 }, (_, index) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `pod-${index}`, uid: `${index}`, resourceVersion: '1', labels: { app: `part-${index}` } },
  status: { containerStatuses: [{ name: 'main', restartCount: 0, state: { running: {} } }] },
}));

test('the logs of many pods are followed into a file for each part, until the signal, and with few listeners to it', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'pod logs '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const ending = new AbortController();
  const { signal } = ending;
  let open = 0;
  await using server = await serveApi(({ path: asked, query }, response) => {
    if (asked.endsWith('/log')) {
      open += 1;
      response.once('close', () => (open -= 1));
      response.writeHead(200).write('a line\n');
    } else if (query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    } else {
      answer(response, {
        apiVersion: 'v1',
        kind: 'PodList',
        metadata: { resourceVersion: '1' },
        items: pods,
      });
    }
  });
  const unhurried = { timeoutMs: 30_000, signal: new AbortController().signal };
  const allAre = async (count: number) =>
    waitUntil(async () => Promise.resolve(open === count ? true : undefined), {
      goal: `${count} open logs`,
      ...unhurried,
    });
  const { access } = server;
  followPodLogs({ access, namespace: 'argocd', logDirectory: directory, clock: startClock(), signal });
  await allAre(pods.length);
  t.true(getEventListeners(signal, 'abort').length <= 3);
  const lines = async () => readFile(path.join(directory, 'part-11.log'), 'utf8');
  await waitUntil(async () => ((await lines()) === 'a line\n' ? true : undefined), {
    goal: 'the line',
    ...unhurried,
  });
  ending.abort();
  await allAre(0);
  t.pass();
});
