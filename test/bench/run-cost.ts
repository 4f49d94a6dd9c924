import { renderRun } from '../../reports/render/report.ts';
import { readRun } from '../../reports/record/reader.ts';
import { atMostMs, type Measurement } from './measurement.ts';

const megabyte = 1e6;
const longestRunMs = 600_000;

function share(name: string, value: number, most: number): Measurement {
  const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`;
  return { name, measured: percent(value), target: `at most ${percent(most)}`, isReached: value <= most };
}

function memory(name: string, bytes: number, most: number): Measurement {
  const megabytes = (size: number) => `${Math.round(size / megabyte)} MB`;
  return { name, measured: megabytes(bytes), target: `at most ${megabytes(most)}`, isReached: bytes <= most };
}

/** The figures of a run that has been made: what it cost, and how long its report takes. */
export async function benchRun(directory: string): Promise<Measurement[]> {
  const { results } = await readRun(directory);
  const { cost, engines } = results;
  const labs = engines.flatMap(({ engine, trials }) =>
    trials.map((trial) => ({ ...trial, name: trial.trial === 1 ? engine : `${engine} (${trial.trial})` })),
  );
  const startMs = performance.now();
  await renderRun(directory);
  const renderMs = performance.now() - startMs;
  return [
    atMostMs(`the run of ${results.iterations.length} iterations`, [cost.totalMs], longestRunMs),
    share('its time in which no engine was waited for', 1 - cost.waitingForEnginesMs / cost.totalMs, 0.15),
    share('CPU of the harness, of one core', cost.harnessMeanCores, 0.05),
    memory('memory of the harness at the most', cost.harnessMaxMemoryBytes, 200 * megabyte),
    ...labs.map(({ name, usage }) =>
      memory(
        `memory of the control plane and ${name}, each part at its most`,
        usage.reduce((total, { maxMemoryBytes }) => total + maxMemoryBytes, 0),
        1500 * megabyte,
      ),
    ),
    ...labs.map(({ name, engineInstallMs }) =>
      atMostMs(`${name} installed and synced`, [engineInstallMs], 10_000),
    ),
    atMostMs('its report rendered', [renderMs], 3_000),
  ];
}
