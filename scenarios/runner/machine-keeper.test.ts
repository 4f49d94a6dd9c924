import test, { type ExecutionContext } from 'ava';
import type { ServerResponse } from 'node:http';
import { startClock } from '../../common/clock.ts';
import { waitUntil } from '../../common/wait.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { answer, serveApi } from '../../lab/kube/api-server-for-tests.ts';
import { isReadySince, keepMachines } from './machine-keeper.ts';

function nodeSaying(status: string, heartbeat: Date, uid = 'one'): LiveObject {
  const condition = { type: 'Ready', status, lastHeartbeatTime: heartbeat.toISOString() };
  const metadata = { name: 'worker-1', uid, resourceVersion: '1' };
  return { apiVersion: 'v1', kind: 'Node', metadata, status: { conditions: [condition] } };
}

const long = new Date(Date.now() - 3_600_000);
const soon = new Date(Date.now() + 60_000);

/** A keeper of two workers, whose cluster tells of worker-1 what the test says. */
async function keeper(t: ExecutionContext, first: LiveObject) {
  let node = first;
  const watches: ServerResponse[] = [];
  const done: string[] = [];
  const server = await serveApi(({ path, query }, response) => {
    if (/nodes\/./.test(path)) answer(response, node);
    else if (path.endsWith('/pods')) answer(response, { kind: 'PodList', items: [] });
    else if (query.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      watches.push(response);
    } else
      answer(response, {
        apiVersion: 'v1',
        kind: 'NodeList',
        metadata: { resourceVersion: '1' },
        items: [node],
      });
  });
  const stop = new AbortController();
  t.teardown(async () => {
    stop.abort();
    await server[Symbol.asyncDispose]();
  });
  const deed = (what: string) => async (name: string) => {
    done.push(`${what} ${name}`);
    return Promise.resolve();
  };
  const kept = keepMachines(
    {
      controller: 'controller',
      workers: ['worker-1', 'worker-2'],
      powerOff: deed('off'),
      powerOn: deed('on'),
    },
    {
      access: server.access,
      application: { namespace: 'shop' },
      observer: {
        isWhole: () => true,
        note: (fact) => {
          if (fact.type === 'step') done.push(fact.step);
        },
      },
      clock: startClock(),
      signal: stop.signal,
    },
  );
  const say = async (next: LiveObject): Promise<void> => {
    node = next;
    const probe = async () => Promise.resolve(watches.at(-1));
    const watch = await waitUntil(probe, { goal: 'a watch', timeoutMs: 5000, signal: stop.signal });
    watch.write(`${JSON.stringify({ type: 'MODIFIED', object: next })}\n`);
  };
  return { kept, say, done };
}

test('a node that was Ready before it was lost is not back: its kubelet has to have said so since', (t) => {
  t.false(isReadySince(nodeSaying('True', long), Date.now()));
  t.true(isReadySince(nodeSaying('True', soon), Date.now()));
  t.false(isReadySince(nodeSaying('Unknown', soon), Date.now()));
});

test('a lost machine is missed when Kubernetes says so, and back when its kubelet has said so', async (t) => {
  const { kept, say, done } = await keeper(t, nodeSaying('True', long));
  await kept.powerOff('worker-1');
  const missed = kept.untilMissed('worker-1');
  await say(nodeSaying('Unknown', long));
  await missed;
  await kept.powerOn('worker-1');
  const back = kept.untilBack('worker-1');
  await say(nodeSaying('True', soon));
  await back;
  t.deepEqual(done, ['fault-began', 'off worker-1', 'node-lost', 'fault-ended', 'on worker-1', 'node-back']);
});

test('what is off when an iteration has ended is turned on, once', async (t) => {
  const { kept, done } = await keeper(t, nodeSaying('True', soon));
  await kept.powerOff('worker-1');
  await kept.mend();
  t.deepEqual(done.slice(2), ['fault-ended', 'on worker-1', 'node-back']);
  await kept.mend();
  t.is(done.length, 5);
});

test('of the controller, the API server has to answer, too', async (t) => {
  const { kept, done } = await keeper(t, nodeSaying('True', soon));
  await kept.powerOff('controller');
  await kept.powerOn('controller');
  await kept.untilBack('controller');
  t.deepEqual(
    done.filter((one) => !one.includes('controller')),
    ['fault-began', 'api-away', 'fault-ended', 'api-back', 'node-back'],
  );
});
