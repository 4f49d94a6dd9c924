import test from 'ava';
import type { StateStore } from '../../forge/state-store.ts';
import { textAt, valueAt, type LiveObject } from '../../kube/objects.ts';
import { parse } from 'yaml';
import { applicationObjects, installObjects, partFiles, withPushSecret } from './manifests.ts';
import { readApplicationStatus } from './status.ts';

const options = {
  reconciliationTimeout: '2s',
  reconciliationJitter: '0s',
  selfHeal: true,
  prune: true,
  imageInterval: '2s',
};
const application = { name: 'shop', namespace: 'shop', path: 'apps/shop' };
const state = {
  store: {} as StateStore,
  url: 'http://127.0.0.1:41234/fleet.git',
  username: 'lab',
  password: 'a-secret',
};

interface Said {
  readonly sync?: string;
  readonly health?: string;
  readonly phase?: string;
  readonly attempts?: number;
  readonly operation?: object;
  readonly conditions?: readonly object[];
}

function live({ sync = 'Synced', health = 'Healthy', phase = 'Succeeded', ...rest }: Said = {}): LiveObject {
  const { attempts, operation, conditions } = rest;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop' },
    ...(operation === undefined ? {} : { operation }),
    status: {
      sync: { status: sync, revision: '4f2cde' },
      health: { status: health },
      operationState: { phase, operation: { sync: { autoHealAttemptsCount: attempts } } },
      conditions,
    },
  };
}

const failedForGood = {
  type: 'SyncError',
  message: 'Failed last sync attempt to [4f2cde]: one or more objects failed to apply (retried 3 times).',
};

test('an Application that is Synced and Healthy has settled at its revision', (t) => {
  t.deepEqual(readApplicationStatus(live()), {
    revision: '4f2cde',
    isWorking: false,
    isSettled: true,
    hasDetected: false,
    attempts: 0,
    hasGivenUp: false,
    hasFailed: false,
    summary: 'Synced, Healthy, operation Succeeded',
  });
});

test('one that is OutOfSync has noticed, and has not settled', (t) => {
  t.like(readApplicationStatus(live({ sync: 'OutOfSync' })), {
    revision: '',
    isSettled: false,
    isWorking: false,
    hasDetected: true,
  });
});

test('one with an operation that is asked for or runs is at work', (t) => {
  for (const said of [{ operation: { sync: {} } }, { phase: 'Running' }, { phase: 'Terminating' }]) {
    t.like(readApplicationStatus(live(said)), { isWorking: true, isSettled: false, hasDetected: true });
  }
});

test('one that is Synced after a failed operation, or is not Healthy, has not settled', (t) => {
  t.false(readApplicationStatus(live({ phase: 'Failed' })).isSettled);
  t.false(readApplicationStatus(live({ health: 'Progressing' })).isSettled);
});

test('one that can not compare or sync, or is Degraded, has failed', (t) => {
  const conditions = [{ type: 'ComparisonError', message: 'not a manifest' }];
  for (const said of [{ conditions }, { phase: 'Failed' }, { phase: 'Error' }, { health: 'Degraded' }])
    t.true(readApplicationStatus(live(said)).hasFailed);
  t.false(readApplicationStatus(live({ sync: 'OutOfSync', health: 'Progressing' })).hasFailed);
});

test('the corrections of self-heal on a revision are counted', (t) => {
  t.is(readApplicationStatus(live({ attempts: 2 })).attempts, 2);
});

test('one that will not try again has given up; one that works or met another error has not', (t) => {
  const conditions = [failedForGood];
  t.true(readApplicationStatus(live({ sync: 'OutOfSync', phase: 'Failed', conditions })).hasGivenUp);
  t.false(readApplicationStatus(live({ phase: 'Running', conditions })).hasGivenUp);
  const passing = [{ type: 'ComparisonError', message: failedForGood.message }];
  t.false(readApplicationStatus(live({ sync: 'Unknown', conditions: passing })).hasGivenUp);
  const other = [{ type: 'SyncError', message: 'another operation is already in progress' }];
  t.false(readApplicationStatus(live({ conditions: other })).hasGivenUp);
});

test('one that has said nothing yet has not settled', (t) => {
  const silent = { ...live(), status: undefined };
  t.like(readApplicationStatus(silent), { revision: '', isSettled: false, isWorking: false });
});

test('the install manifests go into the namespace argocd, but for what belongs to none', (t) => {
  const manifests: LiveObject[] = [
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'apps' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'controller' } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'controller' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' }, data: { kept: 'yes' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-rbac-cm' } },
  ];
  const installed = installObjects(manifests, options);
  const placed = installed.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace]);
  t.deepEqual(placed, [
    ['Namespace', 'argocd', undefined],
    ['CustomResourceDefinition', 'apps', undefined],
    ['ClusterRole', 'controller', undefined],
    ['ServiceAccount', 'controller', 'argocd'],
    ['ConfigMap', 'argocd-cm', 'argocd'],
    ['ConfigMap', 'argocd-rbac-cm', 'argocd'],
  ]);
  t.deepEqual(installed[4]?.['data'], {
    kept: 'yes',
    'timeout.reconciliation': '2s',
    'timeout.reconciliation.jitter': '0s',
  });
  t.is(installed[6]?.['data'], undefined);
});

test('the secret that signs pushes goes into the Secret of the installation alone', (t) => {
  const secret = (name: string): LiveObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } });
  t.deepEqual(withPushSecret(secret('argocd-secret'), 'signs')['stringData'], {
    'webhook.github.secret': 'signs',
    'webhook.gogs.secret': 'signs',
  });
  const other = secret('argocd-redis');
  t.is(withPushSecret(other, 'signs'), other);
});

test('the Application follows the state store, and the credentials are in the secret alone', (t) => {
  const objects = applicationObjects(application, state, options);
  const app = objects.find(({ kind }) => kind === 'Application');
  t.like(valueAt(app, 'spec', 'source'), { repoURL: state.url, targetRevision: 'main', path: 'apps/shop' });
  t.deepEqual(valueAt(app, 'spec', 'syncPolicy'), { automated: { prune: true, selfHeal: true } });
  const telling = objects.filter((object) => JSON.stringify(object).includes(state.password));
  t.deepEqual(
    telling.map(({ kind }) => kind),
    ['Secret'],
  );
  t.is(textAt(telling[0], 'metadata', 'labels', 'argocd.argoproj.io/secret-type'), 'repository');
});

test('retries are written as the Application has them', (t) => {
  const retry = { limit: 3, duration: '2s', factor: 1, maxDuration: '4s' };
  const app = applicationObjects(application, state, { ...options, retry }).at(-1);
  t.deepEqual(valueAt(app, 'spec', 'syncPolicy', 'retry'), {
    limit: 3,
    backoff: { duration: '2s', factor: 1, maxDuration: '4s' },
  });
});

test('each part is in a wave after the one before where their order is declared, and takes what it brought with it', (t) => {
  const part = (name: string) => ({ name, namespace: 'shop', path: `parts/${name}` });
  const parts = [part('kinds'), part('widgets')];
  const metadata = (isOrderDeclared: boolean) =>
    Object.values(partFiles({ parts, isOrderDeclared, folder: 'apps/shop' }, state.url, options)).map(
      (file) => valueAt(parse(file), 'metadata'),
    );
  const finalizers = ['resources-finalizer.argocd.argoproj.io'];
  const waveOf = (wave: string) => ({ 'argocd.argoproj.io/sync-wave': wave });
  t.deepEqual(
    metadata(true).map((one) => valueAt(one, 'annotations')),
    [waveOf('0'), waveOf('1')],
  );
  t.like(metadata(false)[1], { annotations: undefined, finalizers });
});
