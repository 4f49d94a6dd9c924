import test from 'ava';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openComponentSet, type ComponentSet } from './component-set.ts';
import { isRunning, identityOf } from './process-identity.ts';

async function withSet(act: (set: ComponentSet) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'component set '));
  const set = openComponentSet({
    logDirectory: directory,
    ledgerFile: path.join(directory, 'processes.jsonl'),
  });
  try {
    await act(set);
  } finally {
    await set.stop();
    await rm(directory, { recursive: true });
  }
}

const sleeper = { name: 'sleeper', program: 'sleep', args: ['600'] };

test('one that crashes is another process of the same name, and that counts as no break', async (t) => {
  await withSet(async (set) => {
    const { pid } = await set.run(sleeper);
    await set.crash('sleeper');
    const [now] = set.all();
    t.is(now?.name, 'sleeper');
    t.not(now?.pid, pid);
    t.is(await Promise.race([set.broken, Promise.resolve('nothing broke')]), 'nothing broke');
    await t.throwsAsync(set.crash('slepeer'), { message: /runs no slepeer/ });
  });
});

test('one that ends by itself breaks the lab, with the name of its log', async (t) => {
  await withSet(async (set) => {
    const { pid, logFile } = await set.run(sleeper);
    process.kill(pid, 'SIGKILL');
    t.deepEqual(await set.broken, { name: 'sleeper', how: 'it was ended by SIGKILL', logFile });
  });
});

test('what is adopted is told of and not stopped', async (t) => {
  await withSet(async (owner) => {
    const adopted = await owner.run(sleeper);
    await withSet(async (set) => {
      set.adopt(adopted);
      const usage = await set.usage();
      t.deepEqual(
        usage.map(({ component }) => component),
        ['sleeper'],
      );
    });
    const identity = identityOf(adopted.pid);
    t.true(identity !== undefined && isRunning(identity));
  });
});
