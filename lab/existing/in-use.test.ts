import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { bringsDefinition, joinFootprints } from '../footprint.ts';
import type { LiveObject } from '../kube/objects.ts';
import { demandUnused, pathOfKind, type ClusterBefore } from './in-use.ts';

const nothing: ClusterBefore = { namespaces: [], definitions: [], parts: [] };

function namespace(name: string, labels: Readonly<Record<string, string>> = {}): LiveObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

test('an empty cluster may be used', (t) => {
  t.notThrows(() => {
    demandUnused(nothing, { context: 'mine', isAdopting: false });
  });
});

test('a namespace that is there is refused, and one of another lab with how that is ended', (t) => {
  const refusal = (one: LiveObject): ExplainedError =>
    t.throws(
      () => {
        demandUnused({ ...nothing, namespaces: [one] }, { context: 'mine', isAdopting: true });
      },
      { instanceOf: ExplainedError },
    );
  t.is(refusal(namespace('shop')).message, "the namespace shop is there already, and is not the lab's");
  const taken = refusal(namespace('gitops-lab', { 'gitops-lab/lab': 'other' }));
  t.is(taken.message, 'the lab "other" uses the cluster, or was not removed from it');
  t.regex(taken.next ?? '', /lab -- down other.* lab -- clear --context mine$/);
});

const adoption = { namespace: 'argocd', workloads: ['deployments/argocd-repo-server'] };

test('an engine that has objects is never taken over, and can be adopted where it runs; what is left of one is, where the user says so', (t) => {
  const used = { ...nothing, definitions: [{ name: 'applications.argoproj.io', objects: 2 }] };
  for (const isAdopting of [false, true]) {
    const error = t.throws<ExplainedError>(() => {
      demandUnused(used, { context: 'mine', isAdopting, adoption });
    });
    t.is(error.message, 'the engine is in use in the cluster');
    t.regex(
      error.next ?? '',
      isAdopting ? /only one whose deployments\/argocd-repo-server run/ : /: --adopt$/,
    );
  }
  const idle = {
    ...nothing,
    definitions: [{ name: 'applications.argoproj.io', objects: 0 }],
    parts: ['ClusterRole/argocd-server'],
  };
  t.like(
    t.throws(() => {
      demandUnused(idle, { context: 'mine', isAdopting: false });
    }),
    { why: 'there are applications.argoproj.io, ClusterRole/argocd-server, though no object of the engine' },
  );
  t.notThrows(() => {
    demandUnused(idle, { context: 'mine', isAdopting: true });
  });
});

test('the objects of a definition are asked for in a version that is served', (t) => {
  const definition = (versions: readonly object[]): LiveObject => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: { group: 'example.com', names: { plural: 'things' }, versions },
  });
  t.is(
    pathOfKind(
      definition([
        { name: 'v1', served: false },
        { name: 'v2', served: true },
      ]),
    ),
    '/apis/example.com/v2/things',
  );
  t.is(pathOfKind(definition([])), undefined);
});

test('a footprint names definitions, or how all of a family end', (t) => {
  const flux = {
    namespaces: ['flux-system'],
    definitions: ['.toolkit.fluxcd.io'],
    partsOf: ['flux'],
    objects: [],
  };
  const argocd = {
    namespaces: ['argocd'],
    definitions: ['applications.argoproj.io'],
    partsOf: ['argocd'],
    objects: [],
  };
  const both = joinFootprints([flux, argocd, flux]);
  t.deepEqual(both.namespaces, ['flux-system', 'argocd']);
  t.true(bringsDefinition(both, 'gitrepositories.source.toolkit.fluxcd.io'));
  t.true(bringsDefinition(both, 'applications.argoproj.io'));
  t.false(bringsDefinition(both, 'rollouts.argoproj.io'));
});
