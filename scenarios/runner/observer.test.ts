import test, { type ExecutionContext } from 'ava';
import type { ServerResponse } from 'node:http';
import type { StartedEngine } from '../../lab/engines/engine.ts';
import { openFluxStatus } from '../../lab/engines/flux/release-status.ts';
import { answer, serveApi } from '../../lab/kube/api-server-for-tests.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { startClock } from '../../common/clock.ts';
import { shop } from '../applications/shop.ts';
import { steadyState } from '../testing/facts.ts';
import { isAsGitHasIt } from './cluster-state.ts';
import { awaitState, startObserver, type Observer } from './observer.ts';

const statusPath = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
const engine: StartedEngine = {
  version: '2.9.5',
  installedBy: 'a test',
  workers: { applies: 'applier', reads: 'reader' },
  namespace: 'flux-system',
  statusTargets: [{ path: statusPath }],
  openStatus: openFluxStatus,
  requestSync: async () => Promise.resolve(),
  crash: async () => Promise.resolve(),
  readSettings: async () => Promise.resolve([]),
};

/** An observer whose state never changes, and whose observations a test hands out. */
function quietObserver() {
  const waiters = new Set<(observation: Observation) => void>();
  const observer: Observer = {
    state: () => steadyState,
    enter: () => undefined,
    expect: () => undefined,
    note: () => undefined,
    subscribe: (waiter) => {
      waiters.add(waiter);
      return () => waiters.delete(waiter);
    },
  };
  const tell = (): void => {
    for (const waiter of [...waiters]) {
      waiter({ type: 'watch-gap', resource: '/api', atMs: 1, engine: 'flux', trial: 1, iteration: 1 });
    }
  };
  return { observer, tell, waiters };
}

const never = new AbortController().signal;

test('a wait for what holds already ends at once', async (t) => {
  const { observer, waiters } = quietObserver();
  t.true(await awaitState(() => true, { observer, timeoutMs: 0, signal: never }));
  t.is(waiters.size, 0);
});

test('a wait ends with the observation that makes it hold', async (t) => {
  const { observer, tell, waiters } = quietObserver();
  let told = 0;
  const wait = awaitState((observation) => observation !== undefined && (told += 1) === 2, {
    observer,
    timeoutMs: 60_000,
    signal: never,
  });
  tell();
  t.is(waiters.size, 1);
  tell();
  t.true(await wait);
  t.is(waiters.size, 0);
});

test('a wait that is in vain gives false at its time-out', async (t) => {
  const { observer, waiters } = quietObserver();
  t.false(await awaitState(() => false, { observer, timeoutMs: 1, signal: never }));
  t.is(waiters.size, 0);
});

test('an abort ends a wait with its reason, before or in the middle of it', async (t) => {
  const { observer, waiters } = quietObserver();
  const reason = new Error('stopped by the user');
  const controller = new AbortController();
  const options = { observer, timeoutMs: 60_000, signal: controller.signal };
  const wait = awaitState(() => false, options);
  controller.abort(reason);
  t.is(await t.throwsAsync(wait), reason);
  t.is(await t.throwsAsync(awaitState(() => true, options)), reason);
  t.is(waiters.size, 0);
});

function listed(path: string): object {
  const kind = path.split('/').at(-1)?.replace(/s$/, '');
  const object = shop.objectsAt(0).find((candidate) => candidate.kind.toLowerCase() === kind);
  const items =
    object === undefined
      ? []
      : [{ ...object, metadata: { ...object.metadata, uid: 'one', resourceVersion: '1' } }];
  return { apiVersion: object?.apiVersion ?? 'v1', kind: `${object?.kind ?? ''}List`, metadata: {}, items };
}

async function startedObserver(
  t: ExecutionContext,
  listEvents = (response: ServerResponse): void => {
    answer(response, listed('/api/v1/events'));
  },
) {
  const watches = new Map<string, ServerResponse>();
  const recorded: Observation[] = [];
  const stop = new AbortController();
  const server = await serveApi(({ path, query }, response) => {
    if (query.get('watch') === 'true') {
      response.writeHead(200).flushHeaders();
      watches.set(path, response);
    } else if (path === '/api/v1/events') listEvents(response);
    else answer(response, listed(path));
  });
  t.teardown(async () => {
    stop.abort();
    await server[Symbol.asyncDispose]();
  });
  const observer = await startObserver({
    engineName: 'flux',
    trial: 1,
    engine,
    access: server.access,
    application: shop,
    clock: startClock(),
    record: (observation) => recorded.push(observation),
    signal: stop.signal,
  });
  const heard = async (holds: (observation: Observation) => boolean): Promise<boolean> =>
    awaitState((observation) => observation !== undefined && holds(observation), {
      observer,
      timeoutMs: 5000,
      signal: never,
    });
  return { observer, recorded, watches, heard };
}

test('an observer knows everything that was there when it started, before the first iteration', async (t) => {
  const { observer, recorded } = await startedObserver(t);
  t.deepEqual([...observer.state().objects.keys()].sort(), [
    'ConfigMap/web',
    'Deployment/web',
    'Namespace/shop',
    'Service/web',
  ]);
  t.true(recorded.every(({ iteration, engine: name }) => iteration === 0 && name === 'flux'));
});

test('with a new release, what was as Git has it is so no longer, though no event tells', async (t) => {
  const { observer, recorded } = await startedObserver(t);
  t.true(isAsGitHasIt(observer.state(), 'ConfigMap/web'));
  const count = recorded.length;
  observer.enter(1);
  observer.expect(shop.objectsAt(1));
  t.false(isAsGitHasIt(observer.state(), 'ConfigMap/web'));
  t.true(isAsGitHasIt(observer.state(), 'Deployment/web'));
  t.like(recorded.slice(count), [
    { type: 'object', object: 'ConfigMap/web', iteration: 1, differsFromGit: ['data.release'] },
  ]);
});

test("the engine's own status is followed, and told to who waits", async (t) => {
  const { observer, watches, heard } = await startedObserver(t);
  const object: LiveObject = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'shop', uid: 'two' },
    status: {
      lastAppliedRevision: 'main@sha1:4f2cde',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
  const told = heard(({ type }) => type === 'engine');
  const write = (): void => {
    const watch = watches.get(statusPath);
    if (watch === undefined) setImmediate(write);
    else watch.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
  };
  write();
  t.true(await told);
  t.like(observer.state().engine, { revision: '4f2cde', isSettled: true });
});

const eventsPath = '/api/v1/events';

function eventNamed(name: string, count = 1): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: 'shop', uid: name },
    type: 'Warning',
    reason: 'Unhealthy',
    involvedObject: { kind: 'Pod', name: 'web' },
    count,
  };
}

async function started(watches: ReadonlyMap<string, ServerResponse>, path: string): Promise<ServerResponse> {
  for (;;) {
    const watch = watches.get(path);
    if (watch !== undefined) return watch;
    await new Promise(setImmediate);
  }
}

test('Kubernetes Events are recorded as they come, and each repetition once', async (t) => {
  const { recorded, watches, heard } = await startedObserver(t);
  const events = await started(watches, eventsPath);
  const told = heard((fact) => fact.type === 'event' && fact.count === 3);
  const lines = [
    { type: 'ADDED', object: eventNamed('old', 2) },
    { type: 'MODIFIED', object: eventNamed('old', 2) },
    { type: 'MODIFIED', object: eventNamed('old', 3) },
  ];
  events.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  t.true(await told);
  const facts = recorded.filter((fact) => fact.type === 'event');
  t.deepEqual(
    facts.map(({ kind, object, count }) => [kind, object, count]),
    [
      ['warning', 'Pod/web', 2],
      ['warning', 'Pod/web', 3],
    ],
  );
});

test('an observer starts without the Events, and their watch breaks off without a gap in what is measured', async (t) => {
  const lists: ServerResponse[] = [];
  const { recorded, watches, heard } = await startedObserver(t, (response) => {
    lists.push(response);
    if (lists.length > 1) answer(response, { apiVersion: 'v1', kind: 'EventList', metadata: {}, items: [] });
  });
  // The first list is answered only now, and badly: the next one goes well.
  while (lists.length === 0) await new Promise(setImmediate);
  lists[0]?.writeHead(500).end();
  const events = await started(watches, eventsPath);
  const told = heard(({ type }) => type === 'event');
  events.write(`${JSON.stringify({ type: 'ADDED', object: eventNamed('new') })}\n`);
  t.true(await told);
  t.is(recorded.filter(({ type }) => type === 'watch-gap').length, 0);
});
