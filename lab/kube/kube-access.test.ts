import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { openCluster } from './kube-access.ts';

/** A kubeconfig whose user is let in by what a command finds in a file; what it gave is out of date at once. */
function kubeconfigOf(credentialFile: string): string {
  const script = `const text = require('node:fs').readFileSync(${JSON.stringify(credentialFile)}, 'utf8');
console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential',
  status: { clientCertificateData: text, clientKeyData: text, expirationTimestamp: '2020-01-01T00:00:00Z' } }));`;
  const apiVersion = 'client.authentication.k8s.io/v1';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'one', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'one', user: { exec: { apiVersion, command: process.execPath, args: ['-e', script] } } }],
    contexts: [{ name: 'one', context: { cluster: 'one', user: 'one' } }],
    'current-context': 'one',
  });
}

test('requests share their connections until the certificate is renewed', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'kube access '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const credentialFile = path.join(directory, 'credential');
  await writeFile(credentialFile, 'the first');
  const access = openCluster(kubeconfigOf(credentialFile));
  t.teardown(access.close);
  const agentNow = async (): Promise<RequestOptions['agent']> => {
    const options: RequestOptions = {};
    await access.config.applyToHTTPSOptions(options);
    return options.agent;
  };
  const first = await agentNow();
  t.is(await agentNow(), first);
  await writeFile(credentialFile, 'the second');
  const second = await agentNow();
  t.not(second, first);
  t.is(await agentNow(), second);
});
