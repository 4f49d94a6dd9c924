import test from 'ava';
import { parse } from 'yaml';
import { clusterConfig } from './cluster-config.ts';

test('the first node is the control plane, and the others are workers', (t) => {
  const config = parse(clusterConfig({ nodes: 3, image: 'kindest/node:v1', cgroupVersion: 2 })) as object;
  t.like(config, {
    kind: 'Cluster',
    networking: { apiServerAddress: '127.0.0.1' },
    nodes: [
      { role: 'control-plane', image: 'kindest/node:v1' },
      { role: 'worker', image: 'kindest/node:v1' },
      { role: 'worker', image: 'kindest/node:v1' },
    ],
  });
  t.false('kubeadmConfigPatches' in config);
});

test('a kubelet may run on cgroup v1, and kind chooses the image where none is named', (t) => {
  const config = parse(clusterConfig({ nodes: 1, image: undefined, cgroupVersion: 1 })) as {
    nodes: object[];
    kubeadmConfigPatches: string[];
  };
  t.deepEqual(config.nodes, [{ role: 'control-plane' }]);
  t.deepEqual(parse(config.kubeadmConfigPatches[0] ?? ''), {
    kind: 'KubeletConfiguration',
    failCgroupV1: false,
  });
});
