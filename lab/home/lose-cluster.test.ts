import test from 'ava';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loseCluster } from './lose-cluster.ts';

test('a lost cluster leaves Git, the logs, and what the lab is to be', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'lost cluster '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  for (const name of ['git', 'logs', 'etcd', 'certificates', 'flux-artifacts'])
    await mkdir(path.join(directory, name));
  for (const name of ['lab.json', 'request.json', 'kubeconfig', 'processes.jsonl'])
    await writeFile(path.join(directory, name), '');
  await writeFile(path.join(directory, 'etcd', 'data'), 'all of it');
  await loseCluster({ directory });
  t.deepEqual((await readdir(directory)).sort(), ['git', 'lab.json', 'logs', 'request.json']);
});

test('what belongs to machines that outlived it stays, too', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'lost controller '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  await mkdir(path.join(directory, 'vagrant'));
  for (const name of ['machines.yaml', 'kubeconfig', 'lab.json'])
    await writeFile(path.join(directory, name), '');
  await loseCluster({ directory }, ['machines.yaml', 'vagrant', 'machine-key']);
  t.deepEqual((await readdir(directory)).sort(), ['lab.json', 'machines.yaml', 'vagrant']);
});
