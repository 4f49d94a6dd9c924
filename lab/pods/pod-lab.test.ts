import test, { type ExecutionContext } from 'ava';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLabHome } from '../home/lab-home.ts';
import { answer, serveApi } from '../kube/api-server-for-tests.ts';
import { startPodLab } from './pod-lab.ts';

const node = { metadata: { name: 'one' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };

/** A lab whose cluster is a server of the test, and what was done to its machines. */
async function startLab(t: ExecutionContext) {
  const root = await mkdtemp(path.join(tmpdir(), 'pod lab '));
  const server = await serveApi((_, response) => {
    answer(response, { kind: 'NodeList', items: [node] });
  });
  const done: string[] = [];
  const home = await createLabHome({ name: 'lab', runs: 'a test', root });
  t.teardown(async () => {
    await server[Symbol.asyncDispose]();
    await rm(root, { recursive: true });
  });
  const deed = (what: string) => async () => {
    done.push(what);
    return Promise.resolve();
  };
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  await writeFile(kubeconfigFile, server.access.config.exportConfig());
  const { signal } = new AbortController();
  const lab = await startPodLab(
    {
      provider: 'test',
      make: async () =>
        Promise.resolve({
          kubeconfigFile,
          images: { provide: deed('images'), made: () => [] },
          untilBroken: async () => new Promise<never>(() => undefined),
          cutPower: deed('power cut'),
          loseController: async () => {
            await deed('controller lost')();
            return ['machines.yaml'];
          },
        }),
      remove: deed('removed'),
    },
    { home, logDirectory: home.logDirectory, nodes: 1, podStartMs: 0, signal },
  );
  return { lab, done };
}

test('a lab that is lost loses its power, and is removed', async (t) => {
  const { lab, done } = await startLab(t);
  await lab.lose();
  await lab.stop();
  t.deepEqual(done, ['power cut', 'removed']);
});

test('a lab that has lost its controller leaves its workers to the next one', async (t) => {
  const { lab, done } = await startLab(t);
  t.deepEqual(await lab.loseController?.(), ['machines.yaml']);
  await lab.stop();
  t.deepEqual(done, ['controller lost'], 'stopping it removes nothing any more');
});
