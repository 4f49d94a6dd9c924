import { stringify } from 'yaml';
import type { LiveObject, ObjectReference } from '../../kube/objects.ts';
import type { ManagedApplication, Parts, StoreAccess } from '../engine.ts';
import type { FluxOptions } from './options.ts';

/** Where Flux lives; the namespace of `flux bootstrap` where none is named. */
export const fluxNamespace = 'flux-system';
/** Where its Kustomizations are. */
export const kustomizationPath = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${fluxNamespace}/kustomizations`;

/** The folder of the state store that the cluster follows. */
export function clusterPath({ cluster = 'lab' }: Pick<ManagedApplication, 'cluster'>): string {
  return `clusters/${cluster}`;
}

/** The Kustomization that bootstrap itself makes: it applies the cluster's folder, and so every other one. */
export const fluxRoot: ManagedApplication = {
  name: fluxNamespace,
  namespace: fluxNamespace,
  path: clusterPath({}),
};

/** The Kustomization that has Flux keep the application, as a file of the cluster's folder. */
export function applicationFile(
  application: ManagedApplication,
  options: FluxOptions,
): Record<string, string> {
  const file = `${clusterPath(application)}/${application.name}.yaml`;
  return { [file]: stringify(kustomizationObject(application, options)) };
}

function kustomizationObject(
  { name, path, isChart = false }: Pick<ManagedApplication, 'name' | 'path' | 'isChart'>,
  options: FluxOptions,
  dependency: { readonly dependsOn?: readonly { readonly name: string }[] } = {},
  source: string = fluxNamespace,
): LiveObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: fluxNamespace },
    spec: {
      ...dependency,
      interval: options.applyInterval,
      retryInterval: options.retryInterval,
      timeout: options.timeout,
      path: `./${path}`,
      prune: options.prune,
      // The HelmRelease waits for the release. Were it waited for here, too, a failed one would keep the next commit away.
      wait: options.wait && !isChart,
      sourceRef: { kind: 'GitRepository', name: source },
    },
  };
}

/** What the lab's own source is called in an installation that is somebody else's. */
export const handedSource = 'gitops-lab';

/** What of the lab's own is in such an installation, in the order in which it is to go: Flux removes what it applied with the Kustomization. */
export function handedReferences({ name }: Pick<ManagedApplication, 'name'>): ObjectReference[] {
  const namespace = fluxNamespace;
  return [
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', namespace, name },
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      namespace,
      name: handedSource,
    },
    { apiVersion: 'v1', kind: 'Secret', namespace, name: handedSource },
  ];
}

/** What has a Flux that is somebody else's keep the application: credentials, source and Kustomization of the lab's own. */
export function handedObjects(
  application: ManagedApplication,
  { url, username, password }: Pick<StoreAccess, 'url' | 'username' | 'password'>,
  options: FluxOptions,
): readonly LiveObject[] {
  const metadata = { name: handedSource, namespace: fluxNamespace };
  const credentials = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { username, password } };
  const source = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata,
    spec: {
      interval: options.sourceInterval,
      url,
      ref: { branch: 'main' },
      secretRef: { name: handedSource },
    },
  };
  return [credentials, source, kustomizationObject(application, options, {}, handedSource)];
}

/**
 * That of the Kustomization which `flux bootstrap` makes (flux2, pkg/manifestgen/sync). While a part compares, it is not
 * ready for those that depend on it: at an interval of seconds they would now and then be put off for that alone.
 */
const partInterval = '10m';

/** A Kustomization for each part; each depends on the one before, where the order is declared (https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies). */
export function partFiles(
  { parts, isOrderDeclared, folder }: Parts,
  options: FluxOptions,
): Record<string, string> {
  const documents = parts.map((part, index) => {
    const before = isOrderDeclared ? parts[index - 1] : undefined;
    const dependency = before === undefined ? {} : { dependsOn: [{ name: before.name }] };
    return [
      `${folder}/${part.name}.yaml`,
      stringify(kustomizationObject(part, { ...options, applyInterval: partInterval }, dependency)),
    ];
  });
  return Object.fromEntries(documents) as Record<string, string>;
}
