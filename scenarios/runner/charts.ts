import path from 'node:path';
import type { ChartFolder } from '../../lab/engines/engine.ts';
import { chartPublisher, chartsFolder, type ChartPublisher } from '../../lab/forge/chart-publisher.ts';
import type { OciRegistry } from '../../lab/forge/oci-registry.ts';
import type { LabHome } from '../../lab/home/lab-home.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { fileOf } from '../../lab/toolchain/file-of.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import type { Application, Chart } from '../scenario.ts';
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

/** Who gives charts to the registry of a lab; undefined where its application is no chart. */
export function publisherOf(
  { chart }: Application,
  registry: OciRegistry | undefined,
  place: {
    readonly home: LabHome;
    readonly tools: ReadonlyMap<ToolName, Tool>;
    readonly signal: AbortSignal;
  },
): ChartPublisher | undefined {
  if (chart === undefined || registry === undefined) return undefined;
  const { home, tools, signal } = place;
  const helm = fileOf(tools, 'helm', 'helm');
  return chartPublisher({ helm, registry, directory: path.join(home.directory, 'charts'), signal });
}
