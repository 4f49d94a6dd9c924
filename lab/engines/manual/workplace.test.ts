import test, { type ExecutionContext } from 'ava';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGitServer } from '../../forge/git-server.ts';
import { createStateStore } from '../../forge/state-store.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import { openWorkplace } from './workplace.ts';

const { signal } = new AbortController();

/** A program that says how it was called. */
const parrot = '#!/bin/sh\necho "$0|$*|$KUBECONFIG|$HELM_NAMESPACE|$HOME"\nls "$HOME/.." chart/templates/\n';

async function place(t: ExecutionContext) {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab test '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  const logDirectory = path.join(directory, 'logs');
  await mkdir(logDirectory);
  const program = path.join(directory, 'parrot');
  await writeFile(program, parrot);
  await chmod(program, 0o700);
  const tool = (name: ToolName): [ToolName, Tool] => [
    name,
    { name, version: 'v1', origin: 'own', source: '', sha256: '', files: { [name]: program } },
  ];
  const store = await createStateStore({ directory: path.join(directory, 'git'), name: 'fleet' });
  const credentials = { username: 'lab', password: 'secret' };
  const server = await startGitServer({
    host: '127.0.0.1',
    directory: path.join(directory, 'git'),
    credentials,
    log: () => undefined,
  });
  t.teardown(server.stop);
  await store.commit('Begin', { 'apps/shop/web.yaml': 'kind: List\n' });
  const lab = {
    directory,
    logDirectory,
    kubeconfigFile: path.join(directory, 'kubeconfig'),
  };
  const workplace = await openWorkplace({
    lab,
    tools: new Map([tool('kubectl'), tool('helm')]),
    state: { store, url: server.urlOf('fleet'), ...credentials },
    application: { name: 'shop', namespace: 'shop', path: 'apps/shop' },
    signal,
  });
  return { directory, program, store, workplace };
}

test("commands run without a shell, with nothing of the user's, beside a chart of what Git holds", async (t) => {
  process.env['HELM_NAMESPACE'] = 'of-the-user';
  t.teardown(() => delete process.env['HELM_NAMESPACE']);
  const { directory, program, workplace } = await place(t);
  const { exitCode, output } = await workplace.run('helm history shop --max=3', signal);
  t.is(exitCode, 0, output);
  const [called] = output.split('\n');
  t.is(
    called,
    `${program}|history shop --max=3|${path.join(directory, 'kubeconfig')}||${path.join(directory, 'runbook', 'home')}`,
  );
  t.true(output.includes('web.yaml'), 'the templates are the manifests');
});

test('a pull brings what was committed, and the revision follows it', async (t) => {
  const { store, workplace } = await place(t);
  const { hash } = await store.commit('Go on', { 'apps/shop/more.yaml': 'kind: List\n' });
  t.not(await workplace.revision(), hash);
  const { exitCode, output } = await workplace.run('git -C fleet pull --ff-only', signal);
  t.is(exitCode, 0, output);
  t.is(await workplace.revision(), hash);
  t.true((await workplace.run('kubectl diff', signal)).output.includes('more.yaml'));
});

test('a command that is aborted is ended', async (t) => {
  const { workplace } = await place(t);
  const reason = new Error('stopped by the user');
  await t.throwsAsync(workplace.run('git -C fleet pull', AbortSignal.abort(reason)), { is: reason });
});
