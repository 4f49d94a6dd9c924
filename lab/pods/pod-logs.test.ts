import test from 'ava';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startClock } from '../../common/clock.ts';
import { waitUntil } from '../../common/wait.ts';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { followPodLogs } from './pod-logs.ts';

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
  followPodLogs({ access: server.access, namespace: 'engine', logDirectory, clock: startClock(), signal });
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
