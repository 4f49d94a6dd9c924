import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { client, startForge, temporaryDirectory } from './forge-fixture.ts';
import { git, requireGit } from './git.ts';

async function writeScript(file: string, lines: readonly string[]): Promise<void> {
  await writeFile(file, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(file, 0o755);
}

async function failureWith(t: ExecutionContext, gitScript: readonly string[]): Promise<ExplainedError> {
  const directory = await temporaryDirectory(t);
  await writeScript(join(directory, 'git'), gitScript);
  return t.throwsAsync(requireGit({ PATH: directory }), { instanceOf: ExplainedError });
}

test('the version of a fit git is told', async (t) => {
  t.regex(await requireGit(), /^2\.\d+/);
});

for (const old of ['1.9.5', '2.9.0', '2.31.8', '2.28.0 (Apple Git-1)']) {
  test(`git ${old} is too old`, async (t) => {
    const error = await failureWith(t, [`echo "git version ${old}"`]);
    t.regex(error.message, /is too old/);
    t.regex(error.next ?? '', /install git 2\.32 or newer/);
  });
}

test('a git that is missing is explained', async (t) => {
  const error = await t.throwsAsync(requireGit({ PATH: await temporaryDirectory(t) }), {
    instanceOf: ExplainedError,
  });
  t.is(error.message, 'git was not found');
  t.regex(error.next ?? '', /install git/);
});

test('a git that does not run or talks nonsense is explained', async (t) => {
  t.is((await failureWith(t, ['exit 69'])).message, 'git does not run');
  t.is((await failureWith(t, ['echo hello'])).message, 'the version of git is unknown');
});

test('a git without its HTTP backend is explained', async (t) => {
  const error = await failureWith(t, [
    'if [ "$1" = --version ]; then echo "git version 2.55.0.windows.1"; else echo /nowhere; fi',
  ]);
  t.regex(error.why ?? '', /git-http-backend is missing from \/nowhere/);
});

test('a failed command is explained in the words of git', async (t) => {
  const directory = await temporaryDirectory(t);
  const error = await t.throwsAsync(git(['rev-parse', 'HEAD'], { directory }), {
    instanceOf: ExplainedError,
  });
  t.true(error.message.includes(`git rev-parse failed in ${directory}`));
  t.regex(error.why ?? '', /not a git repository/);
});

// Serial, because it changes the environment of every test in this file.
test.serial('hostile settings of the user have no influence', async (t) => {
  const home = await temporaryDirectory(t);
  const hooks = join(home, 'hooks');
  await mkdir(hooks);
  const trace = join(home, 'a hook ran');
  for (const hook of ['pre-receive', 'update', 'post-receive', 'reference-transaction']) {
    await writeScript(join(hooks, hook), [`touch "${trace}"`, 'exit 1']);
  }
  const configuration = [
    `[core]\n\thooksPath = "${hooks}"`,
    `[init]\n\ttemplateDir = "${home}"\n\tdefaultBranch = trunk`,
    '[commit]\n\tgpgSign = true',
    '[url "http://192.0.2.1/"]\n\tinsteadOf = http://127.0.0.1',
    '[user]\n\tname = someone',
  ].join('\n');
  await writeFile(join(home, '.gitconfig'), configuration);
  const changed = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_DIR: '/nowhere',
    GIT_INDEX_FILE: '/nowhere',
    GIT_AUTHOR_NAME: 'someone',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: hooks,
  };
  const before = { ...process.env };
  Object.assign(process.env, changed);
  t.teardown(() => {
    for (const name of Object.keys(changed)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  const { directory, store, address } = await startForge(t);
  t.is((await store.commit('Add a', { a: '1' })).author, 'gitops-lab');
  const copy = join(directory, 'copy');
  t.is((await client(directory, ['clone', '--quiet', address(), 'copy'])).exitCode, 0);
  await client(copy, ['commit', '--quiet', '--allow-empty', '-m', 'Pushed']);
  const push = await client(copy, ['push', '--quiet', 'origin', 'main']);
  t.is(push.exitCode, 0, push.stderr);
  t.deepEqual(
    (await store.log()).map(({ author }) => author),
    ['gitops-lab', 'gitops-lab', 'gitops-lab'],
  );
  await t.throwsAsync(access(trace));
});
