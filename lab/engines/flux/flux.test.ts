import test from 'ava';
import { parse } from 'yaml';
import type { StateStore } from '../../forge/state-store.ts';
import type { LiveObject } from '../../kube/objects.ts';
import { bootstrapArguments } from './bootstrap.ts';
import { controllersFor } from './controllers.ts';
import { valueAt } from '../../kube/objects.ts';
import { applicationFile, partFiles } from './manifests.ts';
import { commitOf, readKustomizationStatus } from './status.ts';

const options = {
  sourceInterval: '2s',
  applyInterval: '3s',
  retryInterval: '4s',
  timeout: '30s',
  wait: true,
  prune: false,
  imageInterval: '2s',
};
const state = {
  store: {} as StateStore,
  url: 'http://127.0.0.1:41234/fleet.git',
  username: 'lab',
  password: 'a-secret-that-nobody-may-see',
};

function kustomization(
  ready: string,
  {
    reconciling = false,
    observedGeneration = 2,
  }: { reconciling?: boolean; observedGeneration?: number } = {},
): LiveObject {
  const working = reconciling ? [{ type: 'Reconciling', status: 'True' }] : [];
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'shop', generation: 2 },
    status: {
      observedGeneration,
      lastAppliedRevision: 'main@sha1:4f2cde',
      conditions: [...working, { type: 'Ready', status: ready }],
    },
  };
}

const application = { name: 'shop', namespace: 'shop', path: 'apps/shop' };

test('the bootstrap follows the state store, and its password is in no argument', (t) => {
  const args = bootstrapArguments('/labs/one/kubeconfig', {
    state,
    controllers: controllersFor([]),
    options,
    application,
  });
  t.deepEqual(args.slice(0, 2), ['bootstrap', 'git']);
  for (const arg of [`--url=${state.url}`, '--path=clusters/lab', '--username=lab', '--interval=2s']) {
    t.true(args.includes(arg), arg);
  }
  t.true(args.includes('--kubeconfig=/labs/one/kubeconfig'));
  t.false(args.join(' ').includes(state.password));
});

test('a feature adds its controllers once, and without features there are two', (t) => {
  t.deepEqual(controllersFor([]), ['source-controller', 'kustomize-controller']);
  t.deepEqual(controllersFor(['kustomize', 'webhooks', 'helm', 'notifications']), [
    'source-controller',
    'kustomize-controller',
    'notification-controller',
    'helm-controller',
  ]);
  const args = bootstrapArguments('/labs/one/kubeconfig', {
    state,
    controllers: controllersFor(['helm']),
    options,
    application,
  });
  t.true(args.includes('--components=source-controller,kustomize-controller,helm-controller'));
});

test("the application's Kustomization lies in the folder that the cluster follows", (t) => {
  const files = applicationFile(application, options);
  t.deepEqual(Object.keys(files), ['clusters/lab/shop.yaml']);
  t.like(parse(files['clusters/lab/shop.yaml'] ?? ''), {
    kind: 'Kustomization',
    metadata: { name: 'shop', namespace: 'flux-system' },
    spec: {
      interval: '3s',
      retryInterval: '4s',
      timeout: '30s',
      path: './apps/shop',
      prune: false,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    },
  });
});

test('of several clusters that follow one repository, each has a folder of its own', (t) => {
  const staging = { ...application, cluster: 'staging' };
  t.deepEqual(Object.keys(applicationFile(staging, options)), ['clusters/staging/shop.yaml']);
  const args = bootstrapArguments('/labs/one/kubeconfig', {
    state,
    controllers: controllersFor([]),
    options,
    application: staging,
  });
  t.true(args.includes('--path=clusters/staging'));
});

test('a commit is read out of a revision of any form', (t) => {
  const revisions = ['main@sha1:4f2cde', 'sha1:4f2cde', '4f2cde', ''];
  t.deepEqual(revisions.map(commitOf), ['4f2cde', '4f2cde', '4f2cde', '']);
});

test('a Kustomization that is Ready has settled at its revision', (t) => {
  t.deepEqual(readKustomizationStatus(kustomization('True')), {
    revision: '4f2cde',
    isWorking: false,
    isSettled: true,
    hasDetected: false,
    attempts: 0,
    hasGivenUp: false,
    hasFailed: false,
    summary: 'Ready',
  });
});

test('one that reconciles is at work, whatever Ready still says', (t) => {
  for (const object of [kustomization('True', { reconciling: true }), kustomization('Unknown')]) {
    t.like(readKustomizationStatus(object), { isWorking: true, isSettled: false, hasDetected: true });
  }
});

test('one that failed, or speaks of an older generation of itself, has not settled', (t) => {
  t.like(readKustomizationStatus(kustomization('False')), {
    isSettled: false,
    hasFailed: true,
    summary: 'not Ready',
  });
  t.false(readKustomizationStatus(kustomization('True', { observedGeneration: 1 })).isSettled);
});

test('one that has said nothing yet has not settled', (t) => {
  const silent = { ...kustomization('True'), status: undefined };
  t.like(readKustomizationStatus(silent), { revision: '', isSettled: false, isWorking: false });
});

test('each part depends on the one before where their order is declared, and on none where it is not', (t) => {
  const part = (name: string) => ({ name, namespace: 'shop', path: `parts/${name}` });
  const parts = [part('kinds'), part('widgets')];
  const dependencies = (isOrderDeclared: boolean) =>
    Object.values(partFiles({ parts, isOrderDeclared, folder: 'apps/shop' }, options)).map((file) =>
      valueAt(parse(file), 'spec', 'dependsOn'),
    );
  t.deepEqual(dependencies(true), [undefined, [{ name: 'kinds' }]]);
  t.deepEqual(dependencies(false), [undefined, undefined]);
});
