import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { client, startForge, temporaryDirectory } from './forge-fixture.ts';
import { git } from './git.ts';
import { createStateStore } from './state-store.ts';

test('a new store has main with one empty commit', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  const log = await store.log();
  t.is(log.length, 1);
  t.is(log[0]?.hash, await store.head());
  t.is(await git(['ls-tree', 'main'], { directory: store.repository }), '');
});

test('a store that exists is opened as it is', async (t) => {
  const directory = await temporaryDirectory(t);
  const first = await createStateStore({ directory, name: 'state' });
  const commit = await first.commit('Add a', { a: '1' });
  const second = await createStateStore({ directory, name: 'state' });
  t.deepEqual(await second.log(), await first.log());
  t.is(await second.head(), commit.hash);
});

test('a commit is returned as the log tells it', async (t) => {
  const wallTime = () => new Date('2026-03-04T05:06:07.890Z');
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state', wallTime });
  const commit = await store.commit('Grüße: 100 %\n\nmore\n', { 'a/b.yaml': 'ä\n' });
  t.is(commit.message, 'Grüße: 100 %\n\nmore');
  t.is(commit.author, 'gitops-lab');
  t.is(commit.committedAt, '2026-03-04T05:06:07.000Z');
  t.deepEqual((await store.log())[0], commit);
});

test('files are read back unchanged, of now and of an older revision', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  const path = 'the "apps"/back\\slash ü.yaml';
  const old = await store.commit('Add', { [path]: 'no newline', empty: '', 'two lines': '\n\n' });
  await store.commit('Change', { [path]: 'newer\n' });
  t.is(await store.read(path), 'newer\n');
  t.is(await store.read(path, old.hash), 'no newline');
  t.is(await store.read('empty'), '');
  t.is(await store.read('two lines'), '\n\n');
});

test('null deletes a file or a whole directory, and what is missing already may be deleted', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  await store.commit('Add', { 'apps/a': '1', 'apps/b': '2', keep: '3', gone: '4' });
  await store.commit('Delete', { apps: null, gone: null, 'never/there': null, 'gone/now a directory': '5' });
  const names = await git(['ls-tree', '-r', '--name-only', 'main'], { directory: store.repository });
  t.is(names, 'gone/now a directory\nkeep\n');
});

test('a file that is not there is explained', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  const error = await t.throwsAsync(store.read('missing'), { instanceOf: ExplainedError });
  t.regex(error.why ?? '', /missing/);
});

test('a commit lands on top of what another has pushed', async (t) => {
  const { directory, store, address } = await startForge(t);
  const copy = join(directory, 'copy');
  await client(directory, ['clone', '--quiet', address(), 'copy']);
  await mkdir(join(copy, 'flux-system'));
  await writeFile(join(copy, 'flux-system/sync.yaml'), 'kind: Kustomization\n');
  await client(copy, ['add', '.']);
  await client(copy, ['commit', '--quiet', '-m', 'Add sync']);
  t.is((await client(copy, ['push', '--quiet', 'origin', 'main'])).exitCode, 0);
  const { hash } = await store.commit('Add web', { 'apps/web.yaml': 'kind: Deployment\n' });
  t.is((await client(copy, ['pull', '--quiet', '--ff-only'])).exitCode, 0);
  t.is((await client(copy, ['rev-parse', 'HEAD'])).stdout, hash);
  t.is(await readFile(join(copy, 'flux-system/sync.yaml'), 'utf8'), 'kind: Kustomization\n');
  t.is(await readFile(join(copy, 'apps/web.yaml'), 'utf8'), 'kind: Deployment\n');
});

test('two writers at once lose nothing', async (t) => {
  const directory = await temporaryDirectory(t);
  const stores = [
    await createStateStore({ directory, name: 'state' }),
    await createStateStore({ directory, name: 'state' }),
  ];
  const names = Array.from({ length: 8 }, (_, index) => `file-${index}`);
  const commits = await Promise.all(
    names.map(async (name, index) => stores[index % 2]?.commit(`Add ${name}`, { [name]: name })),
  );
  const [store] = stores;
  const log = (await store?.log()) ?? [];
  t.is(log.length, names.length + 1);
  t.deepEqual(new Set(commits.map((commit) => commit?.hash)).size, names.length);
  t.deepEqual(await Promise.all(names.map(async (name) => store?.read(name))), names);
});

test('a branch that stays locked ends the commit with an explained error, and nothing is lost', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  const before = await store.head();
  await writeFile(join(store.repository, 'refs/heads/main.lock'), '');
  const error = await t.throwsAsync(store.commit('Add a', { a: '1' }), { instanceOf: ExplainedError });
  t.regex(error.why ?? '', /main\.lock/);
  t.is(await store.head(), before);
});

test('a path that leads out of the repository is refused', async (t) => {
  const store = await createStateStore({ directory: await temporaryDirectory(t), name: 'state' });
  for (const path of ['../a', '/a', 'a//b', 'a/./b', '.git/config', 'a/.GIT/b', 'a\nb', '']) {
    await t.throwsAsync(store.commit('Add', { [path]: '1' }), { message: /no path for a repository/ }, path);
  }
  t.is((await store.log()).length, 1);
});

test('a name that is no name for a repository is a wrong usage', async (t) => {
  const directory = await temporaryDirectory(t);
  for (const name of ['', '../state', 'a/b', '.hidden', '-x']) {
    const error = await t.throwsAsync(createStateStore({ directory, name }), { instanceOf: ExplainedError });
    t.is(error.exitCode, exitCodes.wrongUsage);
  }
});

test('a file in the place of the repository is explained', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'state.git'), '');
  await t.throwsAsync(createStateStore({ directory, name: 'state' }), { instanceOf: ExplainedError });
});

test('an aborted signal ends commits, and what is there can still be read', async (t) => {
  const controller = new AbortController();
  const directory = await temporaryDirectory(t);
  const store = await createStateStore({ directory, name: 'state', signal: controller.signal });
  controller.abort(new Error('interrupted'));
  await t.throwsAsync(store.commit('Add a', { a: '1' }), { message: 'interrupted' });
  t.is((await store.log()).length, 1);
});
