import { manifestFiles } from '../../kube/manifest-files.ts';
import type { ChartFolder, KeptChart, ManagedApplication } from '../engine.ts';
import type { FluxOptions } from './options.ts';

/** The layer of an OCI artifact that holds a chart (https://helm.sh/docs/topics/registries/#using-charts-in-an-oci-registry). */
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/** Where the HelmReleases of a namespace are: a REST path. */
export function helmReleasesPath(namespace: string): string {
  return `/apis/helm.toolkit.fluxcd.io/v2/namespaces/${namespace}/helmreleases`;
}

/** Where the chart is fetched from (https://fluxcd.io/flux/components/source/ocirepositories/). */
function repositoryOf({ name, namespace }: ManagedApplication, chart: KeptChart, options: FluxOptions) {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name, namespace },
    spec: {
      interval: options.sourceInterval,
      url: `oci://${chart.repository}/${chart.name}`,
      // The lab's registry is on the loopback, without TLS.
      insecure: true,
      layerSelector: { mediaType: chartLayer, operation: 'copy' },
      ref: { tag: chart.version },
    },
  };
}

/**
 * How it is released (https://fluxcd.io/flux/components/helm/helmreleases/): one attempt, which is rolled back where it fails;
 * without `remediateLastFailure` nothing would be rolled back after the last attempt.
 */
function releaseOf({ name, namespace }: ManagedApplication, chart: KeptChart, options: FluxOptions) {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name, namespace },
    spec: {
      interval: options.applyInterval,
      timeout: options.timeout,
      releaseName: name,
      chartRef: { kind: 'OCIRepository', name },
      driftDetection: { mode: chart.correctsDrift ? 'enabled' : 'disabled' },
      install: { remediation: { retries: 0, remediateLastFailure: true } },
      upgrade: { remediation: { retries: 0, remediateLastFailure: true, strategy: 'rollback' } },
      values: chart.values,
    },
  };
}

/** The manifests that have Flux keep a chart, one file each; the values stand in the HelmRelease. */
export function helmReleaseFiles(
  application: ManagedApplication,
  { chart, objects }: ChartFolder,
  options: FluxOptions,
): Record<string, string> {
  const own =
    chart === undefined
      ? []
      : [repositoryOf(application, chart, options), releaseOf(application, chart, options)];
  return manifestFiles(application.path, [...objects, ...own]);
}
