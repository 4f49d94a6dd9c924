import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { pins } from '../toolchain/pins.ts';
import type { Tools } from './node-tools.ts';
import { preloadedImages } from './preloaded-images.ts';
import { toolsForTests } from './tools-for-tests.ts';

const names = { network: 'k/net:1', provisioner: 'k/storage:1', helper: 'k/helper:1', pause: 'r/pause:3.10' };
const etcd = pins['node-etcd'].official?.version.slice(1) ?? '';
const coredns = pins.coredns.official?.version ?? '';
const required = [
  'r/kube-apiserver:v1',
  'r/kube-controller-manager:v1',
  'r/kube-scheduler:v1',
  'r/kube-proxy:v1',
  `r/coredns/coredns:${coredns}`,
  'r/pause:3.10.2',
  `r/etcd:${etcd}-0`,
];

async function tools(t: ExecutionContext): Promise<Tools> {
  const directory = await mkdtemp(path.join(tmpdir(), 'preloaded '));
  t.teardown(async () => rm(directory, { recursive: true }));
  return toolsForTests(directory);
}

test('every image that kubeadm and kind ask for is made, under its name', async (t) => {
  const { servers, others } = preloadedImages(required, names, 'amd64', await tools(t));
  t.deepEqual(Object.keys(servers), ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']);
  const references = others.flatMap((image) => image.references);
  const wanted = [...required.slice(3).filter((name) => !name.includes('pause')), ...Object.values(names)];
  t.deepEqual([...references].sort(), [...wanted].sort());
});

test('what needs iptables or a shell stands on Debian, and nothing else does', async (t) => {
  const { servers, others } = preloadedImages(required, names, 'amd64', await tools(t));
  const onDebian = [...Object.values(servers), ...others].filter(({ base }) => base !== undefined);
  t.deepEqual(onDebian.map(({ references }) => references[0]).sort(), [
    'k/helper:1',
    'k/net:1',
    'r/kube-proxy:v1',
  ]);
});

test('another version than the one that kubeadm asks for is not passed off as it', async (t) => {
  const made = await tools(t);
  const error = t.throws(() => preloadedImages(['r/etcd:9.9.9-0'], names, 'amd64', made), {
    instanceOf: ExplainedError,
  });
  t.regex(error.message, /r\/etcd:9\.9\.9-0/);
});
