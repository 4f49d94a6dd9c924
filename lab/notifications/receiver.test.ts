import test, { type ExecutionContext } from 'ava';
import { startNoticeReceiver, type NoticeReceiver } from './receiver.ts';

async function start(t: ExecutionContext): Promise<NoticeReceiver> {
  const receiver = await startNoticeReceiver('127.0.0.1');
  t.teardown(receiver.stop);
  return receiver;
}

const post = async (url: string, body: string): Promise<number> =>
  (await fetch(url, { method: 'POST', body })).status;

test('what is posted to its address is told to the listener', async (t) => {
  const { url, listen } = await start(t);
  const told: unknown[] = [];
  listen((body) => told.push(body));
  t.is(await post(url, '{"reason":"Progressing"}'), 202);
  t.deepEqual(told, [{ reason: 'Progressing' }]);
});

test('what is no JSON, or goes to another path, is refused and told to nobody', async (t) => {
  const { url, listen } = await start(t);
  const told: unknown[] = [];
  listen((body) => told.push(body));
  t.is(await post(url, 'hello'), 400);
  t.is(await post(`${url}x`, '{}'), 404);
  t.is((await fetch(url)).status, 404);
  t.deepEqual(told, []);
});

test('while it is away connections are refused, and then it is back at the same address', async (t) => {
  const { url, listen, takeAway, giveBack } = await start(t);
  const told: unknown[] = [];
  listen((body) => told.push(body));
  t.is(await post(url, '1'), 202);
  await takeAway();
  const refused = await t.throwsAsync(post(url, '2'));
  t.regex(String(refused.cause), /ECONNREFUSED/);
  await giveBack();
  t.is(await post(url, '3'), 202);
  t.deepEqual(told, [1, 3]);
});

test('it can be stopped while it is away', async (t) => {
  const { takeAway, stop } = await startNoticeReceiver('127.0.0.1');
  await takeAway();
  await stop();
  t.pass();
});
