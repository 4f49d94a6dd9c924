import { stringify } from 'yaml';
import { manifestFiles } from '../../kube/manifest-files.ts';
import type { ChartFolder, ManagedApplication } from '../engine.ts';

/** Has nothing of its own that a version could tell apart; Git tells its states apart. */
const ownVersion = '0.0.0';

/**
 * A chart in Git that has nothing but another chart as its dependency, and so names its version and its values there: Argo CD
 * renders it, and says which commit it has (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/). Objects beside
 * the chart are its templates.
 */
export function umbrellaFiles(
  { name, path }: ManagedApplication,
  { chart, objects }: ChartFolder,
): Record<string, string> {
  const dependencies = chart && [
    { name: chart.name, version: chart.version, repository: `oci://${chart.repository}` },
  ];
  const definition = {
    apiVersion: 'v2',
    name,
    version: ownVersion,
    ...(dependencies === undefined ? {} : { dependencies }),
  };
  return {
    [`${path}/Chart.yaml`]: stringify(definition),
    ...(chart === undefined ? {} : { [`${path}/values.yaml`]: stringify({ [chart.name]: chart.values }) }),
    ...manifestFiles(`${path}/templates`, objects),
  };
}
