import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { cacheOf, prepareCache } from './cache.ts';
import type { WorkContext } from './work-context.ts';

/** What a mirror answers at a path: the bytes of a file, or whatever a function does. */
export type Answer = string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void);

/** A mirror on loopback that serves `answers` by path, and remembers what it was asked for. */
export interface Mirror {
  readonly base: string;
  readonly answers: Map<string, Answer>;
  /** Paths of GET requests, in their order. */
  readonly asked: string[];
}

/** Starts a mirror that ends with the test. */
export async function startMirror(
  t: ExecutionContext,
  answers: Record<string, Answer> = {},
): Promise<Mirror> {
  const mirror = { answers: new Map(Object.entries(answers)), asked: [] as string[] };
  const server = createServer((request, response) => {
    const name = request.url ?? '';
    if (request.method === 'GET') mirror.asked.push(name);
    const answer = mirror.answers.get(name);
    if (typeof answer === 'function') answer(request, response);
    else response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ...mirror, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A directory that is removed after the test. */
export async function temporaryDirectory(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops lab '));
  t.teardown(async () => {
    await rm(directory, { recursive: true, force: true });
  });
  return directory;
}

/** A context with a cache of its own, and what it said. */
export async function testContext(
  t: ExecutionContext,
  environment: NodeJS.ProcessEnv,
): Promise<WorkContext & { said: string[] }> {
  const cache = cacheOf({ XDG_CACHE_HOME: await temporaryDirectory(t) });
  await prepareCache(cache);
  const said: string[] = [];
  return {
    environment,
    cache,
    said,
    platform: { os: 'linux', arch: 'amd64' },
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    show: () => undefined,
  };
}
