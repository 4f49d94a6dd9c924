import { execa } from 'execa';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ToolName } from '../toolchain/tool.ts';
import type { OciRegistry } from './oci-registry.ts';

/** What packs charts and pushes them. */
export const chartTools: readonly ToolName[] = ['helm'];

/** The folder of the registry that charts lie in. */
export const chartsFolder = 'charts';

/** One version of a chart. */
export interface ChartVersion {
  readonly name: string;
  readonly version: string;
  /** Contents by path, without Chart.yaml. */
  readonly files: Readonly<Record<string, string>>;
}

/** Gives charts to a registry, as a pipeline of a team would. */
export interface ChartPublisher {
  /** Packs a version and pushes it; one that the registry has is left as it is. Throws an explained error with Helm's own words. */
  readonly publish: (chart: ChartVersion) => Promise<void>;
}

interface PublisherPlace {
  /** The program of Helm. */
  readonly helm: string;
  /** Where charts are written, and what Helm takes for its home. */
  readonly directory: string;
  readonly registry: Pick<OciRegistry, 'host' | 'tagsOf'>;
  readonly signal: AbortSignal;
}

/** Lays out a chart (https://helm.sh/docs/topics/charts/#the-chartyaml-file). */
async function writeChart(directory: string, { name, version, files }: ChartVersion): Promise<void> {
  const definition = stringify({ apiVersion: 'v2', name, version, appVersion: version });
  for (const [file, text] of Object.entries({ ...files, 'Chart.yaml': definition })) {
    await mkdir(path.dirname(path.join(directory, file)), { recursive: true, mode: 0o700 });
    await writeFile(path.join(directory, file), text);
  }
}

/** Publishes charts with Helm, which keeps all that is its own below `directory`. */
export function chartPublisher({ helm, directory, registry, signal }: PublisherPlace): ChartPublisher {
  const run = async (args: readonly string[], what: string): Promise<void> => {
    const { exitCode, all } = await execa(helm, args, {
      env: { HOME: directory, PATH: process.env['PATH'] ?? '' },
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (exitCode !== 0) throw new ExplainedError({ what, why: all.trim() });
  };
  return {
    publish: async (chart) => {
      const { name, version } = chart;
      if ((await registry.tagsOf(`${chartsFolder}/${name}`)).includes(version)) return;
      const source = path.join(directory, `${name}-${version}`, name);
      await writeChart(source, chart);
      await run(['package', source, '--destination', directory], `the chart ${name} could not be packed`);
      const archive = path.join(directory, `${name}-${version}.tgz`);
      const address = `oci://${registry.host}/${chartsFolder}`;
      await run(
        ['push', archive, address, '--plain-http'],
        `the chart ${name} ${version} could not be pushed`,
      );
    },
  };
}
