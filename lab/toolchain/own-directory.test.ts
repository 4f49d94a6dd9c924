import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { digestOf } from './digest.ts';
import { temporaryDirectory, testContext } from './mirror-for-tests.ts';
import { findOwnTools } from './own-directory.ts';

async function writeProgram(directory: string, name: string, script: string, mode = 0o755): Promise<void> {
  await writeFile(path.join(directory, name), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(directory, name), mode);
}

test('tools of the own directory are used, with the version that they say and their digest, and without its path', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeProgram(directory, 'etcd', 'echo "etcd Version: 3.6.1"');
  await writeProgram(directory, 'source-controller', 'exit 1');
  const context = await testContext(t, { GITOPS_LAB_TOOLS: directory });
  const tools = await findOwnTools(['etcd', 'source-controller', 'kwok'], context);
  t.deepEqual([...tools.keys()], ['etcd', 'source-controller']);
  t.deepEqual(tools.get('etcd'), {
    name: 'etcd',
    version: '3.6.1',
    origin: 'own',
    source: 'the directory that GITOPS_LAB_TOOLS names',
    sha256: digestOf('#!/bin/sh\necho "etcd Version: 3.6.1"\n'),
    files: { etcd: path.join(directory, 'etcd') },
  });
  t.is(tools.get('source-controller')?.version, 'unknown');
});

test('a Valkey server is as good as a Redis server', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeProgram(directory, 'valkey-server', 'echo "Valkey server v=8.1.1 sha=0 bits=64"');
  const tools = await findOwnTools(['redis'], await testContext(t, { GITOPS_LAB_TOOLS: directory }));
  t.like(tools.get('redis'), {
    version: '8.1.1',
    files: { 'redis-server': path.join(directory, 'valkey-server') },
  });
});

test('a program that is made for one platform only can be brought by the user', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeProgram(directory, 'argocd-image-updater', 'exit 1');
  const names = ['argocd-image-updater', 'image-reflector-controller'] as const;
  const tools = await findOwnTools(names, await testContext(t, { GITOPS_LAB_TOOLS: directory }));
  t.deepEqual([...tools.keys()], ['argocd-image-updater']);
  t.like(tools.get('argocd-image-updater'), { origin: 'own', version: 'unknown' });
});

test('a tool that is there in part is not used, and that is said', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeProgram(directory, 'kube-apiserver', 'true');
  const context = await testContext(t, { GITOPS_LAB_TOOLS: directory });
  t.is((await findOwnTools(['kubernetes'], context)).size, 0);
  t.regex(context.said.join(), /not used: kube-controller-manager, kube-scheduler is missing/);
});

test('a program that is not executable is an error that says how to make it so', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeProgram(directory, 'etcd', 'true', 0o644);
  const finding = findOwnTools(['etcd'], await testContext(t, { GITOPS_LAB_TOOLS: directory }));
  const error = await t.throwsAsync(finding, { name: 'ExplainedError', message: /not executable/ });
  t.regex((error as { next?: string } | undefined)?.next ?? '', /^chmod \+x /);
});

test('a name that is no directory is wrong usage, and none at all is fine', async (t) => {
  const missing = path.join(await temporaryDirectory(t), 'missing');
  const error = await t.throwsAsync(
    findOwnTools(['etcd'], await testContext(t, { GITOPS_LAB_TOOLS: missing })),
  );
  t.like(error, { name: 'ExplainedError', exitCode: 2 });
  t.is((await findOwnTools(['etcd'], await testContext(t, {}))).size, 0);
});
