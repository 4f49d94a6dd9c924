import test, { type ExecutionContext } from 'ava';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { ExplainedError } from '../../common/explained-error.ts';
import { findContext, kubeconfigFiles } from './contexts.ts';

interface Parts {
  readonly context: string;
  readonly server?: string;
  readonly cluster?: object;
  readonly user?: object;
}

function kubeconfig({
  context,
  server = 'https://127.0.0.1:6443',
  cluster = {},
  user = { token: 't' },
}: Parts): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster', cluster: { server, ...cluster } }],
    users: [{ name: 'user', user }],
    contexts: [{ name: context, context: { cluster: 'cluster', user: 'user' } }],
  });
}

async function place(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-contexts-'));
  t.teardown(async () => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), text);
  }
  return directory;
}

test('without KUBECONFIG the file in the home directory is read, where it is there', async (t) => {
  const home = await place(t, { '.kube/config': kubeconfig({ context: 'mine' }) });
  t.deepEqual(kubeconfigFiles({ HOME: home }), [path.join(home, '.kube', 'config')]);
  t.is(findContext('mine', { HOME: home }).server, 'https://127.0.0.1:6443');
  t.deepEqual(kubeconfigFiles({ HOME: path.join(home, 'elsewhere') }), []);
});

test('several files are merged as kubectl does: the first of a name counts, a missing file does not', async (t) => {
  const directory = await place(t, {
    a: kubeconfig({ context: 'one', server: 'https://first' }),
    b: kubeconfig({ context: 'two', server: 'https://second' }),
  });
  const files = ['a', 'missing', 'b'].map((name) => path.join(directory, name));
  const environment = { KUBECONFIG: files.join(path.delimiter) };
  t.is(findContext('one', environment).server, 'https://first');
  t.is(findContext('two', environment).server, 'https://first');
  t.is(
    await readFile(path.join(directory, 'a'), 'utf8'),
    kubeconfig({ context: 'one', server: 'https://first' }),
  );
});

test('what is found has the one context, with its files by whole paths', async (t) => {
  const directory = await place(t, {
    config: kubeconfig({ context: 'mine', cluster: { 'certificate-authority': 'ca.crt' } }),
  });
  const { config } = findContext('mine', { KUBECONFIG: path.join(directory, 'config') });
  t.is(config.getCurrentContext(), 'mine');
  t.is(config.getCurrentCluster()?.caFile, path.join(directory, 'ca.crt'));
});

test('a misspelled context gets the nearest right one, and none at all a hint', async (t) => {
  const directory = await place(t, { config: kubeconfig({ context: 'kind-mine' }) });
  const error = t.throws(() => findContext('kind-nime', { KUBECONFIG: path.join(directory, 'config') }));
  t.like(error, { exitCode: 2, next: 'did you mean "kind-mine"? (known: kind-mine)' });
  const none = t.throws(() => findContext('x', { HOME: directory }), { instanceOf: ExplainedError });
  t.regex(none.next ?? '', /KUBECONFIG/);
});

test('a cluster that can’t be reached as the kubeconfig says is refused before anything is sent', async (t) => {
  const user = { token: 't', as: 'admin' };
  const directory = await place(t, {
    plain: kubeconfig({ context: 'plain', server: 'http://127.0.0.1:8080' }),
    proxy: kubeconfig({ context: 'proxy', cluster: { 'proxy-url': 'http://proxy:3128' } }),
    other: kubeconfig({ context: 'other', user }),
    broken: 'contexts: [',
    half: stringify({
      contexts: [{ name: 'half', context: { cluster: 'gone', user: 'gone' } }],
      clusters: [],
      users: [],
    }),
  });
  const whyOf = (name: string): string =>
    t.throws(() => findContext(name, { KUBECONFIG: path.join(directory, name) }), {
      instanceOf: ExplainedError,
    }).why ?? '';
  t.regex(whyOf('plain'), /only https/);
  t.regex(whyOf('proxy'), /proxy/);
  t.regex(whyOf('other'), /acts as another user, "admin"/);
  t.regex(whyOf('half'), /no cluster "gone"/);
  t.regex(
    t.throws(() => findContext('x', { KUBECONFIG: path.join(directory, 'broken') })).message,
    /can't be read/,
  );
});
