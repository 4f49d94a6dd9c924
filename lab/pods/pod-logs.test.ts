import test from 'ava';
import { getEventListeners } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
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
  followPodLogs({
    access,
    namespace: 'argocd',
    since: 'start',
    logDirectory: directory,
    clock: startClock(),
    signal,
  });
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

const pod = {
  metadata: { name: 'controller-1', uid: 'one', resourceVersion: '1', labels: { app: 'controller' } },
  status: { containerStatuses: [{ name: 'manager', restartCount: 0, state: { running: {} } }] },
};

test('a log is followed once, and gone on with from the break when the API server was away', async (t) => {
  const logDirectory = await mkdtemp(path.join(tmpdir(), 'logs '));
  const watches: ServerResponse[] = [];
  const since: (string | null)[] = [];
  const stop = new AbortController();
  const server = await serveApi(({ path: asked, query }, response) => {
    if (asked.endsWith('/log')) {
      since.push(query.get('sinceTime'));
      response.writeHead(200).write(`line ${since.length}\n`);
    } else if (query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      watches.push(response);
    } else
      answer(response, {
        apiVersion: 'v1',
        kind: 'PodList',
        metadata: { resourceVersion: '1' },
        items: [pod],
      });
  });
  t.teardown(async () => {
    stop.abort();
    await server[Symbol.asyncDispose]();
    await rm(logDirectory, { recursive: true });
  });
  const { signal } = stop;
  followPodLogs({
    access: server.access,
    namespace: 'engine',
    since: 'start',
    logDirectory,
    clock: startClock(),
    signal,
  });
  const file = path.join(logDirectory, 'controller.log');
  const untilWritten = async (text: string): Promise<void> => {
    const probe = async () => ((await readFile(file, 'utf8')) === text ? true : undefined);
    await waitUntil(probe, { goal: `the log to be ${text}`, timeoutMs: 10_000, signal });
  };
  await untilWritten('line 1\n');
  const probe = async () => Promise.resolve(watches[0]);
  (await waitUntil(probe, { goal: 'a watch', timeoutMs: 5000, signal })).destroy();
  await untilWritten('line 1\nline 2\n');
  t.is(since[0], null, 'from its beginning');
  t.true(Math.abs(Date.parse(since[1] ?? '') - Date.now()) < 60_000, 'from the break on');
  t.is(since.length, 2);
});
