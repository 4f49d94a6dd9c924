import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { ExplainedError } from '../../../common/explained-error.ts';
import { unexpectedLayout } from '../unexpected-layout.ts';

/** The directories that stand in for what a controller's release would offer. */
export interface LocalResources {
  readonly crds: string;
  readonly deployment: string;
}

function unexpected(what: string): ExplainedError {
  return unexpectedLayout(what, 'Flux module', 'lab/toolchain/pins.ts');
}

/**
 * A kustomization of flux2's manifests/bases with the two release addresses among its resources
 * (`….crds.yaml`, `….deployment.yaml`) replaced by local directories. YAML in, YAML out.
 */
export function useLocalResources(kustomization: string, local: LocalResources): string {
  const document = parseDocument(kustomization);
  const resources = document.get('resources');
  if (!isSeq(resources)) throw unexpected('a Flux kustomization has no list of resources');
  const replaced = resources.toJSON().map((name) => {
    if (typeof name === 'string' && name.endsWith('.crds.yaml')) return local.crds;
    if (typeof name === 'string' && name.endsWith('.deployment.yaml')) return local.deployment;
    return name;
  });
  const isComplete = [local.crds, local.deployment].every((directory) => replaced.includes(directory));
  if (!isComplete)
    throw unexpected('a Flux kustomization does not name the CRDs and the Deployment of its controller');
  document.set('resources', document.createNode(replaced));
  return document.toString();
}

function versionsOf(crd: Document): YAMLMap[] {
  const versions = crd.getIn(['spec', 'versions']);
  if (!isSeq(versions)) throw unexpected('a CRD of Flux lists no versions');
  return versions.items.filter((version): version is YAMLMap => isMap(version));
}

/**
 * A CRD that also serves v1 where it has only betas, so that a controller that watches v1 works beside one that writes
 * a beta: v1 has the schema of the version stored so far and is stored from now on; the others stay served.
 * A CRD that has v1 is returned as it is. YAML in, YAML out.
 */
export function serveVersion1(crd: string): string {
  const document = parseDocument(crd);
  const versions = versionsOf(document);
  if (versions.some((version) => version.get('name') === 'v1')) return crd;
  const stored = versions.find((version) => version.get('storage') === true);
  if (stored === undefined) throw unexpected('a CRD of Flux stores no version');
  const version1 = Object.entries(stored.toJSON() as object).filter(([key]) => !key.startsWith('deprecat'));
  stored.set('storage', false);
  document.addIn(['spec', 'versions'], document.createNode({ ...Object.fromEntries(version1), name: 'v1' }));
  return document.toString();
}
