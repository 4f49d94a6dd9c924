import { stringify } from 'yaml';
import type { ManagedApplication } from '../engine.ts';
import type { FluxOptions } from './options.ts';

/** Where Flux lives; the namespace of `flux bootstrap` where none is named. */
export const fluxNamespace = 'flux-system';
/** The folder of the state store that the cluster follows. */
export function clusterPath({ cluster = 'lab' }: Pick<ManagedApplication, 'cluster'>): string {
  return `clusters/${cluster}`;
}

/** The Kustomization that has Flux keep the application, as a file of the cluster's folder. */
export function applicationFile(
  application: ManagedApplication,
  options: FluxOptions,
): Record<string, string> {
  const { name, path, isChart = false } = application;
  const kustomization = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: fluxNamespace },
    spec: {
      interval: options.applyInterval,
      retryInterval: options.retryInterval,
      timeout: options.timeout,
      path: `./${path}`,
      prune: options.prune,
      // The HelmRelease waits for the release. Were it waited for here, too, a failed one would keep the next commit away.
      wait: options.wait && !isChart,
      sourceRef: { kind: 'GitRepository', name: fluxNamespace },
    },
  };
  return { [`${clusterPath(application)}/${name}.yaml`]: stringify(kustomization) };
}
