import test from 'ava';
import type { LiveObject } from '../../kube/objects.ts';
import { openFluxStatus } from './release-status.ts';

const commit = 'c0ffee';

function kustomization(ready: 'True' | 'False' = 'True'): LiveObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'shop', generation: 1 },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: `main@sha1:${commit}`,
      conditions: [{ type: 'Ready', status: ready }],
    },
  };
}

interface Said {
  readonly ready?: readonly [status: string, reason: string];
  readonly further?: readonly string[];
  readonly observed?: number;
}

function helmRelease({ ready, further = [], observed = 2 }: Said): LiveObject {
  const told = ready === undefined ? [] : [{ type: 'Ready', status: ready[0], reason: ready[1] }];
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'shop', generation: 2 },
    status: {
      observedGeneration: observed,
      conditions: [...told, ...further.map((type) => ({ type, status: 'True' }))],
    },
  };
}

/** What is read when a HelmRelease comes to a Kustomization that is Ready. */
function statusWith(said: Said) {
  const read = openFluxStatus();
  read({ type: 'ADDED', object: kustomization() });
  return read({ type: 'ADDED', object: helmRelease(said) });
}

test('a HelmRelease that is Ready is settled at the commit of its Kustomization', (t) => {
  t.like(statusWith({ ready: ['True', 'UpgradeSucceeded'] }), {
    revision: commit,
    isSettled: true,
    isWorking: false,
    hasFailed: false,
  });
});

test('a Kustomization that is Ready does not speak for a HelmRelease that is new, or not of this generation', (t) => {
  t.like(statusWith({}), { isSettled: false, isWorking: true });
  t.like(statusWith({ ready: ['True', 'UpgradeSucceeded'], observed: 1 }), {
    isSettled: false,
    isWorking: true,
  });
});

test('a failed upgrade has failed, and is given up once it is stalled', (t) => {
  const ready = ['False', 'UpgradeFailed'] as const;
  t.like(statusWith({ ready, further: ['Reconciling'] }), {
    hasFailed: true,
    hasGivenUp: false,
    isWorking: true,
  });
  t.like(statusWith({ ready, further: ['Stalled'], observed: 1 }), {
    hasFailed: true,
    hasGivenUp: true,
    isWorking: false,
  });
});

test('a HelmRelease that waits for its chart has not failed', (t) => {
  t.like(statusWith({ ready: ['False', 'SourceNotReady'] }), { hasFailed: false, isSettled: false });
});

test('a Kustomization that failed tells so, though the release of an earlier commit is well', (t) => {
  const read = openFluxStatus();
  read({ type: 'ADDED', object: helmRelease({ ready: ['True', 'InstallSucceeded'] }) });
  t.like(read({ type: 'ADDED', object: kustomization('False') }), { hasFailed: true });
});

test('a HelmRelease that is being deleted is work, and once it is gone the Kustomization speaks alone', (t) => {
  const read = openFluxStatus();
  t.is(
    read({ type: 'ADDED', object: helmRelease({}) }),
    undefined,
    'without a Kustomization nothing is said',
  );
  read({ type: 'ADDED', object: kustomization() });
  const release = helmRelease({ ready: ['True', 'InstallSucceeded'] });
  const going = { ...release, metadata: { ...release.metadata, deletionTimestamp: '2026-11-25T01:00:00Z' } };
  t.like(read({ type: 'MODIFIED', object: going }), { isWorking: true, isSettled: false });
  t.like(read({ type: 'DELETED', object: going }), { isSettled: true });
});
