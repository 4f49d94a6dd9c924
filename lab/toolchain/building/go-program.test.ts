import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporaryDirectory } from '../mirror-for-tests.ts';
import { findGo } from './go-program.ts';

/** An environment whose only program is a "go" that does what the script says. */
async function withGo(t: ExecutionContext, script: string): Promise<NodeJS.ProcessEnv> {
  const directory = await temporaryDirectory(t);
  await writeFile(path.join(directory, 'go'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(directory, 'go'), 0o755);
  return { PATH: directory };
}

const answering = (version: string): string =>
  `echo '{"GOVERSION":"${version}","GOCACHE":"/build","GOMODCACHE":"/modules"}'`;

async function find(environment: NodeJS.ProcessEnv) {
  return await findGo(environment, import.meta.dirname, new AbortController().signal);
}

test('a Go that is new enough is found with its caches', async (t) => {
  const found = { version: 'go1.26.0', buildCache: '/build', moduleCache: '/modules' };
  t.deepEqual(await find(await withGo(t, answering('go1.26.0'))), found);
});

test('later and unnumbered versions are new enough', async (t) => {
  t.is((await find(await withGo(t, answering('go2.0')))).version, 'go2.0');
  t.is((await find(await withGo(t, answering('devel go1.27-abcdef')))).version, 'devel go1.27-abcdef');
});

test('without Go, the error says where to get it and what else can be done', async (t) => {
  const environment = { PATH: await temporaryDirectory(t) };
  const error = await t.throwsAsync(find(environment));
  t.like(error, { name: 'ExplainedError', message: 'Go was not found' });
  t.regex((error as { next?: string } | undefined)?.next ?? '', /go\.dev\/dl.*GITOPS_LAB_TOOLS/);
});

test('a Go that is too old is named', async (t) => {
  const environment = await withGo(t, answering('go1.25.9'));
  await t.throwsAsync(find(environment), { name: 'ExplainedError', message: /^Go 1\.25\.9 is too old/ });
});

test('a Go that must not fetch a newer one is named', async (t) => {
  const complaint = 'go: go.mod requires go >= 1.26.0 (running go 1.24.1; GOTOOLCHAIN=local)';
  const environment = await withGo(t, `echo '${complaint}' >&2; exit 1`);
  await t.throwsAsync(find(environment), { name: 'ExplainedError', message: /^Go 1\.24\.1 is too old/ });
});

test('a Go that fails in another way is shown as it is', async (t) => {
  const environment = await withGo(t, 'echo "go: cannot find GOROOT" >&2; exit 2');
  const error = await t.throwsAsync(find(environment), { message: '"go env" failed' });
  t.like(error, { why: 'go: cannot find GOROOT' });
});
