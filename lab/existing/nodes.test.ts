import test from 'ava';
import type { LiveObject } from '../kube/objects.ts';
import { judgeNodes, lackedImages } from './nodes.ts';

interface NodeParts {
  readonly name: string;
  readonly ready?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly architecture?: string;
  readonly images?: readonly string[];
}

function node({
  name,
  ready = 'True',
  labels = {},
  annotations = {},
  architecture = 'amd64',
  images = [],
}: NodeParts): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations },
    status: {
      conditions: [{ type: 'Ready', status: ready }],
      nodeInfo: { architecture },
      images: images.map((image) => ({ names: [image] })),
    },
  };
}

const fake = { annotations: { 'kwok.x-k8s.io/node': 'fake' } };

test('nodes that are Ready count, with each architecture once', (t) => {
  const nodes = [
    node({ name: 'a' }),
    node({ name: 'b', architecture: 'arm64' }),
    node({ name: 'c', ready: 'False' }),
  ];
  t.deepEqual(judgeNodes(nodes), { count: 2, architectures: ['amd64', 'arm64'], areSimulated: false });
});

test('simulated nodes are recognised by what KWOK writes, and by the label of the embedded lab', (t) => {
  t.true(judgeNodes([node({ name: 'a', ...fake })]).areSimulated);
  t.true(judgeNodes([node({ name: 'a', labels: { type: 'kwok' } })]).areSimulated);
});

test('a cluster without a node, or with nodes of both kinds, is refused', (t) => {
  t.throws(() => judgeNodes([]), { message: 'the cluster has no node that is Ready' });
  t.throws(() => judgeNodes([node({ name: 'a', ready: 'Unknown' })]), { message: /no node that is Ready/ });
  t.like(
    t.throws(() => judgeNodes([node({ name: 'a' }), node({ name: 'b', ...fake })])),
    { next: 'remove the simulated ones first: b' },
  );
});

test('an image is lacked where a node surely has not got it', (t) => {
  const has = node({ name: 'a', images: ['one', 'two'] });
  const hasOne = node({ name: 'b', images: ['one'] });
  t.deepEqual(lackedImages([has], ['one', 'two', 'three']), ['three']);
  t.deepEqual(lackedImages([has, hasOne], ['one', 'two']), ['two']);
  const full = node({ name: 'c', images: Array.from({ length: 50 }, (_, index) => String(index)) });
  t.deepEqual(lackedImages([full], ['one']), [], 'a kubelet tells of 50 images at most');
});
