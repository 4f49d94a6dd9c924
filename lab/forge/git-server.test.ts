import { readdir, readlink, readFile, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { client, credentials, startForge } from './forge-fixture.ts';
import { git } from './git.ts';
import { startGitServer } from './git-server.ts';

const authorization = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;

test('a clone with credentials has what was committed', async (t) => {
  const { directory, store, address } = await startForge(t);
  await store.commit('Add web', { 'apps/the web.yaml': 'kind: Deployment\n' });
  const clone = await client(directory, ['clone', '--quiet', address(), 'copy']);
  t.is(clone.exitCode, 0, clone.stderr);
  t.is(await readFile(join(directory, 'copy/apps/the web.yaml'), 'utf8'), 'kind: Deployment\n');
});

test('a clone without credentials is refused with 401', async (t) => {
  const { directory, server } = await startForge(t);
  const answer = await fetch(`${server.urlOf('state')}/info/refs?service=git-upload-pack`);
  t.is(answer.status, 401);
  t.regex(answer.headers.get('www-authenticate') ?? '', /^Basic /);
  t.not((await client(directory, ['clone', '--quiet', server.urlOf('state'), 'copy'])).exitCode, 0);
});

test('a wrong password, user or scheme is refused, and no password is logged', async (t) => {
  const { directory, address, logLines, server } = await startForge(t);
  for (const wrong of [
    { ...credentials, password: 'guess' },
    { ...credentials, username: 'root' },
    { ...credentials, password: '' },
  ]) {
    const clone = await client(directory, ['clone', '--quiet', address(wrong), 'copy']);
    t.not(clone.exitCode, 0);
    t.regex(clone.stderr, /Authentication failed|could not read/);
  }
  const bearer = await fetch(`${server.urlOf('state')}/info/refs?service=git-upload-pack`, {
    headers: { authorization: authorization.replace('Basic', 'Bearer') },
  });
  t.is(bearer.status, 401);
  await client(directory, ['clone', '--quiet', address(), 'copy']);
  t.true(logLines.some((line) => line.endsWith(' 401')));
  t.true(logLines.some((line) => line.endsWith(' 200')));
  t.false(logLines.some((line) => line.includes('guess') || line.includes(credentials.password)));
});

test('a push shows in the log of the store', async (t) => {
  const { directory, store, address, pushes } = await startForge(t);
  const copy = join(directory, 'copy');
  await client(directory, ['clone', '--quiet', address(), 'copy']);
  t.deepEqual(pushes, []);
  await writeFile(join(copy, 'big.txt'), 'x'.repeat(10).concat(Math.PI.toString()).repeat(200_000));
  await client(copy, ['add', '.']);
  await client(copy, [
    '-c',
    'user.name=Flux',
    'commit',
    '--quiet',
    '--author=Flux <flux@lab.invalid>',
    '-m',
    'Add sync\n\nTwo lines',
  ]);
  const push = await client(copy, ['-c', 'http.postBuffer=1024', 'push', '--quiet', 'origin', 'main']);
  t.is(push.exitCode, 0, push.stderr);
  const [newest] = await store.log();
  t.is(newest?.hash, (await client(copy, ['rev-parse', 'HEAD'])).stdout);
  // Git probes with an empty request before it sends a pack in parts.
  t.is(await pushes.at(-1), newest?.hash, 'who listens for pushes finds the commit');
  t.is(newest?.author, 'Flux');
  t.is(newest?.message, 'Add sync\n\nTwo lines');
});

test('a fetch whose request body is compressed is understood', async (t) => {
  const { directory, store, address } = await startForge(t);
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  for (const number of numbers) {
    const { hash } = await store.commit(`Commit ${number}`, { file: `${number}` });
    await git(['update-ref', `refs/heads/branch-${number}`, hash], { directory: store.repository });
  }
  const clone = await client(directory, ['clone', '--quiet', address(), 'copy'], { GIT_TRACE_CURL: '1' });
  t.is(clone.exitCode, 0);
  t.regex(clone.stderr, /Send header: content-encoding: gzip/i);
  const branches = await client(join(directory, 'copy'), [
    'branch',
    '--remotes',
    '--list',
    'origin/branch-*',
  ]);
  t.is(branches.stdout.split('\n').length, numbers.length);
});

test('protocol version 2 is spoken', async (t) => {
  const { directory, address } = await startForge(t);
  const list = await client(directory, ['ls-remote', address()], { GIT_TRACE_PACKET: '1' });
  t.regex(list.stderr, /git< version 2/);
  t.regex(list.stdout, /refs\/heads\/main/);
});

test('an unknown repository, a path that leads elsewhere and a file outside the protocol are 404', async (t) => {
  const { server, directory } = await startForge(t);
  await git(['init', '--quiet', '--bare', join(directory, 'outside.git')], { directory });
  const statusOf = async (path: string) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, headers: { authorization } }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  t.is(await statusOf('/state.git/info/refs?service=git-upload-pack'), 200);
  for (const path of [
    '/other.git/info/refs?service=git-upload-pack',
    '/../outside.git/info/refs?service=git-upload-pack',
    '/%2e%2e/outside.git/info/refs?service=git-upload-pack',
    '/..%2foutside.git/info/refs?service=git-upload-pack',
    '/state.git/../../outside.git/info/refs?service=git-upload-pack',
    '//state.git/info/refs?service=git-upload-pack',
    '/state.git/config',
    '/state.git/HEAD',
    '/',
  ]) {
    t.is(await statusOf(path), 404, path);
  }
});

test('an error of the backend keeps its own status', async (t) => {
  const { server } = await startForge(t);
  const address = `${server.urlOf('state')}/git-upload-pack`;
  t.is((await fetch(address, { headers: { authorization } })).status, 405);
  const wrongType = await fetch(address, { method: 'POST', body: '0000', headers: { authorization } });
  t.is(wrongType.status, 415);
});

test('a backend that fails is answered with 500 and a log line', async (t) => {
  const { server, store, logLines } = await startForge(t);
  await writeFile(join(store.repository, 'config'), 'not a configuration');
  const answer = await fetch(`${server.urlOf('state')}/info/refs?service=git-upload-pack`, {
    headers: { authorization },
  });
  t.is(answer.status, 500);
  t.true(
    logLines.some((line) => /bad config|failed/.test(line)),
    logLines.join('\n'),
  );
});

async function canConnect(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 1000 });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('only the loopback address 127.0.0.1 listens', async (t) => {
  const { server } = await startForge(t);
  t.true(await canConnect('127.0.0.1', server.port));
  t.false(await canConnect('127.0.0.2', server.port));
  t.false(await canConnect('::1', server.port));
  t.is(server.url, `http://127.0.0.1:${server.port}`);
});

/** The processes that work in a directory, from /proc. */
async function processesIn(directory: string): Promise<readonly string[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(
    numbers.map(async (number) => [number, await readlink(`/proc/${number}/cwd`).catch(() => '')] as const),
  );
  return places.filter(([, place]) => place.startsWith(directory)).map(([number]) => number);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('stopping ends a request in progress and its processes; stopping again does no harm', async (t) => {
  const { server, repositories } = await startForge(t);
  const headers = { authorization, 'content-type': 'application/x-git-upload-pack-request' };
  const asked = request(`${server.urlOf('state')}/git-upload-pack`, { method: 'POST', headers });
  const broken = once(asked, 'error').catch((error: unknown) => [error]);
  asked.write('00');
  while ((await processesIn(repositories)).length === 0) await delay(10);
  await Promise.all([server.stop(), server.stop()]);
  t.deepEqual(await processesIn(repositories), []);
  await server.stop();
  t.false(await canConnect('127.0.0.1', server.port));
  t.is((await broken).length, 1);
});

onLinux('a client that goes away leaves no process', async (t) => {
  const { server, repositories } = await startForge(t);
  const headers = { authorization, 'content-type': 'application/x-git-receive-pack-request' };
  const asked = request(`${server.urlOf('state')}/git-receive-pack`, { method: 'POST', headers });
  asked.on('error', () => undefined);
  asked.write('00');
  while ((await processesIn(repositories)).length === 0) await delay(10);
  asked.destroy();
  while ((await processesIn(repositories)).length > 0) await delay(10);
  t.pass();
});

test('a port in use is explained', async (t) => {
  const { server, repositories } = await startForge(t);
  const options = {
    directory: repositories,
    host: '127.0.0.1',
    port: server.port,
    credentials,
    log: () => undefined,
  };
  const error = await t.throwsAsync(startGitServer(options), { instanceOf: ExplainedError });
  t.true(error.message.includes(`127.0.0.1:${server.port}`));
  t.regex(error.why ?? '', /another program/);
});
