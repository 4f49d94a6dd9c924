import test from 'ava';
import getPort from 'get-port';
import { startRefusingServer } from './refusing-server.ts';

test('each try is told of and fails, and the port is free again afterwards', async (t) => {
  const port = await getPort({ host: '127.0.0.1' });
  let tries = 0;
  const server = await startRefusingServer('127.0.0.1', port, () => (tries += 1));
  const ask = async () => fetch(`http://127.0.0.1:${port}/fleet.git`);
  await t.throwsAsync(ask);
  await t.throwsAsync(ask);
  t.is(tries, 2);
  await server.stop();
  const next = await startRefusingServer('127.0.0.1', port, () => undefined);
  await next.stop();
});
