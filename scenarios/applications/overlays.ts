import { stringify } from 'yaml';
import { numberAt, textAt, type LiveObject } from '../../lab/kube/objects.ts';
import type { Application } from '../scenario.ts';
import { shop } from './shop.ts';

const folder = 'apps/shop';
const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** What all clusters have in common (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#base). */
function baseFiles(): Record<string, string> {
  const objects = shop.objectsAt(0);
  const fileOf = ({ kind }: LiveObject) => `${kind.toLowerCase()}.yaml`;
  return {
    ...Object.fromEntries(objects.map((object) => [`${folder}/base/${fileOf(object)}`, stringify(object)])),
    [`${folder}/base/kustomization.yaml`]: stringify({ ...kustomization, resources: objects.map(fileOf) }),
  };
}

/** What one cluster has of its own: the number of replicas, and the release. */
function overlay(objects: readonly LiveObject[]): string {
  const ofKind = (wanted: string) => objects.find(({ kind }) => kind === wanted);
  const release = textAt(ofKind('ConfigMap'), 'data', 'release');
  return stringify({
    ...kustomization,
    resources: ['../../base'],
    replicas: [{ name: 'web', count: numberAt(ofKind('Deployment'), 'spec', 'replicas') }],
    patches: [
      {
        target: { kind: 'ConfigMap', name: 'web' },
        patch: stringify([{ op: 'replace', path: '/data/release', value: release }]),
      },
    ],
  });
}

/** The shop in one of several clusters: a Kustomize base that all share, and an overlay for each. */
export function shopIn(environment: string): Application {
  const path = `${folder}/overlays/${environment}`;
  return {
    ...shop,
    path,
    cluster: environment,
    filesOf: (objects) => ({ ...baseFiles(), [`${path}/kustomization.yaml`]: overlay(objects) }),
  };
}
