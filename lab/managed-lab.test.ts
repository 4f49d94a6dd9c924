import test from 'ava';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../common/explained-error.ts';
import { openGitAccess } from './home/git-access.ts';
import { createLabHome } from './home/lab-home.ts';
import { embedded } from './embedded/provider.ts';
import { startManagedLab } from './managed-lab.ts';
import { runningProcesses } from './process/ledger.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

const programs = {
  etcd: ['etcd'],
  kubernetes: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
  kwok: ['kwok'],
};

/** Tools that all complain and end. */
async function failingTools(directory: string): Promise<ReadonlyMap<ToolName, Tool>> {
  const file = path.join(directory, 'failing');
  await writeFile(file, '#!/bin/sh\necho "no space left" >&2\nexit 3\n');
  await chmod(file, 0o755);
  const entries = Object.entries(programs).map(([name, files]): [ToolName, Tool] => [
    name as ToolName,
    {
      name: name as ToolName,
      version: '1',
      origin: 'own',
      source: directory,
      sha256: '',
      files: Object.fromEntries(files.map((program) => [program, file])),
    },
  ]);
  return new Map(entries);
}

test('where the control plane fails, the failure is explained and the Git server is stopped', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'managed lab '));
  const { signal } = new AbortController();
  try {
    const tools = await failingTools(root);
    const home = await createLabHome({ name: 'one', runs: 'a test', root });
    const error = await t.throwsAsync(
      startManagedLab({
        home,
        labs: await embedded.prepare({ tools, environment: {}, signal }),
        tools,
        nodes: 1,
        podStartMs: 500,
        application: { name: 'shop', namespace: 'shop', path: 'shop' },
        initialFiles: { 'shop/note.yaml': 'kind: ConfigMap\n' },
        signal,
        onStep: () => undefined,
      }),
      { instanceOf: ExplainedError },
    );
    t.regex(error.message, /the lab could not be started/);
    t.regex(error.why ?? '', /no space left/);
    t.deepEqual(runningProcesses(home.ledgerFile), []);
    const { port = 0 } = await openGitAccess(home);
    const [refused] = (await once(createConnection(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    t.is(refused.code, 'ECONNREFUSED');
    t.regex(await readFile(path.join(home.logDirectory, 'etcd.log'), 'utf8'), /no space left/);
  } finally {
    await rm(root, { recursive: true });
  }
});
