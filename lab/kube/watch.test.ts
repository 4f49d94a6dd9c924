import test, { type ExecutionContext } from 'ava';
import type { ServerResponse } from 'node:http';
import { startClock } from '../../common/clock.ts';
import { waitUntil } from '../../common/wait.ts';
import { answer, serveApi } from './api-server-for-tests.ts';
import { watchObjects, type ObjectEvent } from './watch.ts';

const path = '/apis/apps/v1/namespaces/shop/deployments';
const never = new AbortController().signal;

function deployment(name: string, uid: string, resourceVersion: string) {
  return { metadata: { name, uid, resourceVersion } };
}

function whole(name: string, uid: string, resourceVersion: string) {
  return { apiVersion: 'apps/v1', kind: 'Deployment', ...deployment(name, uid, resourceVersion) };
}

function listOf(resourceVersion: string, items: readonly object[]) {
  return { apiVersion: 'apps/v1', kind: 'DeploymentList', metadata: { resourceVersion }, items };
}

const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const tooOld = line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', metadata: {} });

/**
 * A watch whose server lists what it is given, one list after the other, and writes what the test tells it.
 * `untilListed` holds its lists back.
 */
async function startWatch(t: ExecutionContext, lists: readonly object[], untilListed = Promise.resolve()) {
  const left = [...lists];
  const watches: { readonly from: string; readonly response: ServerResponse }[] = [];
  const server = await serveApi(({ query }, response) => {
    if (query.get('watch') !== 'true') {
      const list = left.length > 1 ? left.shift() : left[0];
      void untilListed.then(() => {
        answer(response, list ?? {}, list === undefined ? 500 : 200);
      });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    watches.push({ from: query.get('resourceVersion') ?? '', response });
  });
  const stop = new AbortController();
  const told: string[] = [];
  const events: ObjectEvent[] = [];
  const clock = startClock();
  const { listed } = watchObjects(
    { path, labelSelector: 'app=web' },
    {
      access: server.access,
      clock,
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        told.push(`${event.type} ${event.object.metadata.uid ?? ''}`);
      },
      onGap: (resource) => told.push(`gap ${resource}`),
    },
  );
  t.teardown(async () => {
    stop.abort();
    await server[Symbol.asyncDispose]();
  });
  const until = async (goal: string, holds: () => boolean): Promise<void> => {
    const probe = async () => Promise.resolve(holds() || undefined);
    await waitUntil(probe, { goal, timeoutMs: 5000, everyMs: 1, signal: never });
  };
  const nextWatch = async (count: number) => {
    await until(`watch ${count}`, () => watches.length >= count);
    const watch = watches[count - 1];
    if (watch === undefined) throw new Error('there is no such watch');
    return watch;
  };
  return { server, stop, told, events, clock, listed, until, nextWatch };
}

test('what is there at the start is reported whole, with its kind', async (t) => {
  const { listed, events, server } = await startWatch(t, [listOf('10', [deployment('web', 'one', '7')])]);
  await listed;
  t.like(events[0], { type: 'ADDED', object: whole('web', 'one', '7') });
  t.is(server.requests[0]?.query.get('labelSelector'), 'app=web');
});

test('every change is reported, with the moment at which it arrived', async (t) => {
  const { told, events, until, nextWatch, clock } = await startWatch(t, [listOf('10', [])]);
  const { from, response } = await nextWatch(1);
  t.is(from, '10');
  const writtenAtMs = clock.nowMs();
  response.write(line('ADDED', whole('web', 'one', '11')));
  response.write(line('MODIFIED', whole('web', 'one', '12')));
  response.write(line('DELETED', whole('web', 'one', '13')));
  await until('three events', () => told.length === 3);
  t.deepEqual(told, ['ADDED one', 'MODIFIED one', 'DELETED one']);
  t.true(events.every(({ atMs }) => atMs >= writtenAtMs && atMs <= clock.nowMs()));
});

test('an event that comes in two pieces is read as one', async (t) => {
  const { told, until, nextWatch } = await startWatch(t, [listOf('10', [])]);
  const { response } = await nextWatch(1);
  const text = line('ADDED', whole('web', 'one', '11'));
  response.write(text.slice(0, 20));
  await new Promise(setImmediate);
  response.write(text.slice(20));
  await until('the event', () => told.length === 1);
  t.deepEqual(told, ['ADDED one']);
});

test("the server's own end of a watch is gone on from, at the last bookmark and without a gap", async (t) => {
  const { server, told, until, nextWatch } = await startWatch(t, [listOf('10', [])]);
  const first = await nextWatch(1);
  first.response.write(line('ADDED', whole('web', 'one', '11')));
  first.response.end(line('BOOKMARK', { metadata: { resourceVersion: '40' } }));
  const second = await nextWatch(2);
  t.is(second.from, '40');
  const asked = server.requests.filter(({ query }) => query.get('watch') === 'true');
  t.true(asked.every(({ query }) => query.get('allowWatchBookmarks') === 'true'));
  second.response.write(line('MODIFIED', whole('web', 'one', '41')));
  await until('both events', () => told.length === 2);
  t.deepEqual(told, ['ADDED one', 'MODIFIED one']);
});

test('a watch that is too old is listed again: a gap is told, and what changed meanwhile', async (t) => {
  const before = [
    deployment('web', 'one', '7'),
    deployment('api', 'two', '8'),
    deployment('old', 'three', '9'),
  ];
  const after = [
    deployment('web', 'one', '7'),
    deployment('api', 'two', '21'),
    deployment('old', 'four', '22'),
  ];
  const { told, until, nextWatch } = await startWatch(t, [listOf('10', before), listOf('30', after)]);
  const first = await nextWatch(1);
  t.deepEqual(told, ['ADDED one', 'ADDED two', 'ADDED three']);
  first.response.end(tooOld);
  const second = await nextWatch(2);
  t.is(second.from, '30');
  t.deepEqual(told.slice(3), [`gap ${path}`, 'DELETED three', 'MODIFIED two', 'ADDED four']);
  second.response.write(line('DELETED', whole('web', 'one', '31')));
  await until('the next event', () => told.length === 8);
  t.is(told[7], 'DELETED one');
});

test('a connection that breaks off is a gap', async (t) => {
  const { told, nextWatch } = await startWatch(t, [listOf('10', []), listOf('30', [])]);
  const { response } = await nextWatch(1);
  response.destroy();
  t.is((await nextWatch(2)).from, '30');
  t.deepEqual(told, [`gap ${path}`]);
});

test('an abort ends the watch: nothing is asked or told any more', async (t) => {
  const { server, stop, told, nextWatch } = await startWatch(t, [listOf('10', [])]);
  const { response } = await nextWatch(1);
  const closed = new Promise((resolve) => response.once('close', resolve));
  stop.abort();
  await closed;
  const count = server.requests.length;
  await new Promise(setImmediate);
  t.is(server.requests.length, count);
  t.deepEqual(told, []);
});

test('an abort before the first list ends the wait for it', async (t) => {
  const { listed, stop } = await startWatch(t, []);
  const reason = new Error('stopped by the user');
  stop.abort(reason);
  t.is(await t.throwsAsync(listed), reason);
});

test('a list that comes after the abort is not reported', async (t) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const list = listOf('10', [deployment('web', 'one', '7')]);
  const { listed, stop, server, told, until } = await startWatch(t, [list], held);
  await until('the request', () => server.requests.length === 1);
  stop.abort(new Error('stopped by the user'));
  await t.throwsAsync(listed);
  release();
  // Asked later, answered later: by then the list of the watch has come.
  await server.access.get(path);
  t.deepEqual(told, []);
});

test('a server that stays away is one gap, which ends with the next list', async (t) => {
  let isAway = false;
  const served: ServerResponse[] = [];
  const server = await serveApi(({ query }, response) => {
    if (isAway) {
      answer(response, {}, 503);
      return;
    }
    if (query.get('watch') !== 'true') {
      answer(response, listOf('10', []));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    served.push(response);
  });
  const stop = new AbortController();
  const told: string[] = [];
  watchObjects(
    { path },
    {
      access: server.access,
      clock: startClock(),
      signal: stop.signal,
      onEvent: () => undefined,
      onGap: () => told.push('gap'),
      onListed: () => told.push('listed'),
    },
  );
  t.teardown(async () => {
    stop.abort();
    await server[Symbol.asyncDispose]();
  });
  const until = async (goal: string, holds: () => boolean): Promise<void> => {
    const probe = async () => Promise.resolve(holds() || undefined);
    await waitUntil(probe, { goal, timeoutMs: 5000, everyMs: 1, signal: never });
  };
  await until('the watch', () => served.length === 1);
  const before = server.requests.length;
  isAway = true;
  served[0]?.destroy();
  await until('three tries', () => server.requests.length >= before + 3);
  t.deepEqual(told, ['gap']);
  isAway = false;
  await until('the next watch', () => served.length === 2);
  t.deepEqual(told, ['gap', 'listed']);
});
