import type { ChartFolder } from '../../lab/engines/engine.ts';
import { chartsFolder } from '../../lab/forge/chart-publisher.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import type { Chart } from '../scenario.ts';
import type { Reader, TrialContext } from './trial-context.ts';

/** What Git is to hold of a chart that renders these objects, and beside it. Throws where the lab has no registry. */
export function chartFolder(
  { name, releaseOf, renders }: Chart,
  objects: readonly LiveObject[],
  { registry }: Pick<Reader, 'registry'>,
  correctsDrift: boolean,
): ChartFolder {
  if (registry === undefined) throw new Error(`the lab of the chart ${name} has no registry`);
  const release = releaseOf(objects);
  const repository = `${registry}/${chartsFolder}`;
  return {
    chart: release && { ...release, name, repository, correctsDrift },
    objects: objects.filter((object) => !renders(object)),
  };
}

/** Has the registry hold the version of the chart that renders these objects, before Git names it. */
export async function publishChart(
  { application, charts }: Pick<TrialContext, 'application' | 'charts'>,
  objects: readonly LiveObject[],
): Promise<void> {
  const { chart } = application;
  const release = chart?.releaseOf(objects);
  if (chart === undefined || release === undefined) return;
  await charts?.publish({ name: chart.name, version: release.version, files: chart.files });
}
