import test from 'ava';
import { valueAt, referenceOf, type LiveObject, type ObjectReference } from '../kube/objects.ts';
import * as argocd from './argocd/manifests.ts';
import * as flux from './flux/manifests.ts';

const application = { name: 'shop', namespace: 'shop', path: 'shop' };
const state = { url: 'http://10.0.0.1:4000/fleet.git', username: 'lab', password: 'secret' };
const fluxObjects = flux.handedObjects(application, state, {
  sourceInterval: '2s',
  applyInterval: '3s',
  retryInterval: '2s',
  timeout: '30s',
  wait: true,
  prune: true,
  imageInterval: '2s',
});
const argocdObjects = argocd.handedObjects(application, state, {
  reconciliationTimeout: '2s',
  reconciliationJitter: '0s',
  selfHeal: true,
  prune: true,
  imageInterval: '2s',
});

function named(references: readonly ObjectReference[]): string[] {
  return references.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
}

for (const [engine, objects, references] of [
  ['Flux', fluxObjects, flux.handedReferences(application)],
  ['Argo CD', argocdObjects, argocd.handedReferences(application)],
] as const) {
  test(`all that ${engine} is handed is known to whoever removes it`, (t) => {
    t.deepEqual(named(objects.map(referenceOf)), named(references));
  });
}

function objectOf(objects: readonly LiveObject[], kind: string): LiveObject | undefined {
  return objects.find((object) => object.kind === kind);
}

test('the application is kept from the lab’s own source, and not from that of the installation', (t) => {
  const kustomization = objectOf(fluxObjects, 'Kustomization');
  t.deepEqual(valueAt(kustomization, 'spec', 'sourceRef'), { kind: 'GitRepository', name: 'gitops-lab' });
  t.like(objectOf(fluxObjects, 'GitRepository'), { spec: { url: state.url, interval: '2s' } });
  t.like(objectOf(argocdObjects, 'Application'), {
    spec: { project: 'gitops-lab', source: { repoURL: state.url } },
  });
});
