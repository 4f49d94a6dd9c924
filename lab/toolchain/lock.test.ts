import { EventEmitter, once } from 'node:events';
import { mkdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { withLock } from './lock.ts';
import { testContext } from './mirror-for-tests.ts';

test('a second one waits, says who holds the lock, and then has its turn', async (t) => {
  const context = await testContext(t, {});
  const order: string[] = [];
  const emitter = new EventEmitter();
  const isWaiting = once(emitter, 'waiting');
  const say = (line: string): void => {
    order.push(line);
    emitter.emit('waiting');
  };
  let second: Promise<void> | undefined;
  await withLock('etcd', context, async () => {
    second = withLock('etcd', { ...context, say }, async () => {
      await Promise.resolve();
      order.push('second');
    });
    await isWaiting;
    order.push('first is done');
  });
  await second;
  t.deepEqual(order, [
    `etcd is being made by another run (process ${process.pid}); waiting for it`,
    'first is done',
    'second',
  ]);
});

test('a lock that a killed process left behind is taken over', async (t) => {
  const context = await testContext(t, {});
  const left = path.join(context.cache.locks, 'etcd.lock');
  await mkdir(left);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(left, longAgo, longAgo);
  t.is(await withLock('etcd', context, async () => await Promise.resolve('done')), 'done');
});

test('waiting ends with an abort', async (t) => {
  const context = await testContext(t, {});
  const controller = new AbortController();
  const say = (): void => {
    controller.abort(new Error('stopped by the test'));
  };
  await withLock('etcd', context, async () => {
    const second = withLock('etcd', { ...context, say, signal: controller.signal }, async () => {
      await Promise.resolve();
    });
    await t.throwsAsync(second);
  });
});

test('a lock is released when the work fails', async (t) => {
  const context = await testContext(t, {});
  const failing = withLock('etcd', context, async () => await Promise.reject(new Error('failed')));
  await t.throwsAsync(failing, { message: 'failed' });
  t.is(await withLock('etcd', context, async () => await Promise.resolve('done')), 'done');
});
