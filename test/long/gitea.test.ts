import test from 'ava';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { giteaApi, RefusedError } from '../../lab/forge/gitea/api.ts';
import { startGiteaForge } from '../../lab/forge/gitea/gitea-forge.ts';
import { tryGit } from '../../lab/forge/git.ts';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import { makePlace, silentProgress } from '../support.ts';

const { signal } = new AbortController();

async function startForge(t: Parameters<typeof makePlace>[0]) {
  const { directory } = await makePlace(t);
  const tools = await provideTools(['gitea'], { environment: process.env, progress: silentProgress, signal });
  const place = {
    directory: path.join(directory, 'gitea'),
    program: fileOf(tools, 'gitea', 'gitea'),
    address: '127.0.0.1',
    logDirectory: directory,
    ledgerFile: path.join(directory, 'processes.jsonl'),
  };
  const forge = await startGiteaForge(place, 'fleet', signal);
  t.teardown(async () => forge.stop());
  return { directory, place, forge };
}

test.serial('a change gets into a protected main by an approved pull request alone', async (t) => {
  t.timeout(300_000);
  const { directory, place, forge } = await startForge(t);
  const { store } = forge.state;
  const first = await store.commit('Before the rules', { 'apps/one.yaml': 'one\n' });
  t.is(await store.head(), first.hash);
  await forge.protect();

  t.regex(await forge.reviewed.demandNoPush('Slip it in', { 'apps/one.yaml': 'two\n' }), /protected branch/);
  const proposal = await forge.reviewed.propose('Promote it', { 'apps/one.yaml': 'two\n' });
  t.regex(await proposal.demandNoMerge(), /approvals/);
  t.is(await store.head(), first.hash, 'all that was refused has changed nothing');
  await proposal.approve();
  const mergeCommit = await proposal.merge();
  t.is(await store.head(), mergeCommit);
  t.is(await store.read('apps/one.yaml'), 'two\n');
  t.like(await proposal.readAuditTrail(), {
    title: 'Promote it',
    openedBy: 'author',
    approvals: [{ by: 'reviewer', commit: proposal.commit }],
    mergedBy: 'author',
    mergeCommit,
  });

  const commit = await store.commit('Release 2', { 'apps/two.yaml': 'two\n' });
  t.is(await store.head(), commit.hash, 'the state store goes by the same way');
  await t.throwsAsync(
    giteaApi(new URL(forge.state.url).origin, forge.state, signal).tell(
      'PUT',
      '/repos/platform/fleet/topics',
      { topics: [] },
    ),
    {
      instanceOf: RefusedError,
    },
  );
  const asEngine = new URL(forge.state.url);
  asEngine.username = forge.state.username;
  asEngine.password = forge.state.password;
  const engine = { directory: store.repository, signal };
  t.is((await tryGit(['ls-remote', asEngine.href], engine)).exitCode, 0, 'the engine can read');
  t.not((await tryGit(['push', asEngine.href, 'main:refs/heads/other'], engine)).exitCode, 0, 'and no more');
  t.not((await tryGit(['ls-remote', forge.state.url], engine)).exitCode, 0, 'others can not even read');

  for (const secret of ['app.ini', 'accounts.json', 'installation.json']) {
    t.is((await stat(path.join(place.directory, secret))).mode & 0o777, 0o600, secret);
  }
  await forge.takeAway();
  await t.throwsAsync(store.head());
  await forge.giveBack();
  t.is(await store.head(), commit.hash, 'it has all of it when it comes back');
  t.true((await readdir(directory)).includes('gitea.log'));
});

test.serial('a push to main is sent to a webhook, signed', async (t) => {
  t.timeout(300_000);
  const { forge } = await startForge(t);
  const receiver = createServer();
  const received = new Promise<{ readonly signature: unknown; readonly event: unknown }>((resolve) => {
    receiver.on('request', ({ headers }, response) => {
      response.end();
      resolve({ signature: headers['x-hub-signature-256'], event: headers['x-gitea-event'] });
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  t.teardown(() => receiver.close());
  const { port } = receiver.address() as AddressInfo;
  t.true((await forge.createPushWebhook({ url: `http://127.0.0.1:${port}/`, secret: 'a secret' })) > 0);
  await forge.state.store.commit('Change it', { file: 'changed\n' });
  const { signature, event } = await received;
  t.is(event, 'push');
  t.regex(String(signature), /^sha256=[0-9a-f]{64}$/);
});
