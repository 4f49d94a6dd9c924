import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Results } from '../../record/schema.ts';
import { flattened } from '../flattened.ts';
import { formatBytes, formatList } from '../format.ts';
import { heading, inlineCode, paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** The effective configuration of each engine, what each component used, and what the run cost. */
export function configurationSection(results: Results): RootContent[] {
  return [
    heading(2, 'Effective configuration'),
    paragraph(`Profile ${results.profile.name}, as it was set; below, as it was read back from what ran.`),
    table(
      ['Setting of the profile', 'Value'],
      flattened(results.profile.settings).map(([name, value]) => [inlineCode(name), inlineCode(value)]),
      'The profile sets nothing.',
    ),
    ...results.engines.flatMap(engineConfiguration),
    heading(2, 'Resource use'),
    ...results.engines.flatMap(engineUsage),
    heading(2, 'What the run cost'),
    costTable(results),
  ];
}

type EngineRecord = Results['engines'][number];

function engineConfiguration({ engine, version, installedBy, settings }: EngineRecord): RootContent[] {
  return [
    heading(3, `${engineLabels[engine]} ${version}`),
    paragraph(`Installed by: ${installedBy}`),
    table(
      ['Setting', 'Value', 'Read from'],
      settings.map(({ name, value, readFrom }) => [inlineCode(name), inlineCode(value), readFrom]),
      'No setting was read back.',
    ),
  ];
}

/** The lab of a trial; an engine's trials after its first are numbered. */
function labTitle(engine: EngineRecord['engine'], trial: number): string {
  return `${engineLabels[engine]}${trial === 1 ? '' : ` (${trial})`}`;
}

function engineUsage({ engine, trials }: EngineRecord): RootContent[] {
  return trials.flatMap(({ trial, usage, disturbances }) => [
    heading(3, `In the lab of ${labTitle(engine, trial)}`),
    paragraph(`Disturbed by ${formatList(disturbances)}.`),
    table(
      ['Component', 'Mean CPU (cores)', 'Largest memory'],
      usage.map(({ component, meanCores, maxMemoryBytes }) => [
        component,
        meanCores.toFixed(3),
        formatBytes(maxMemoryBytes),
      ]),
      'Nothing was sampled.',
    ),
  ]);
}

function costTable({ cost, engines }: Results) {
  const { totalMs, waitingForEnginesMs, harnessMeanCores, harnessMaxMemoryBytes } = cost;
  const share = (partMs: number): string =>
    totalMs === 0 ? '' : ` (${((100 * partMs) / totalMs).toFixed(1)} %)`;
  const ownMs = Math.max(0, totalMs - waitingForEnginesMs);
  return table(
    ['Property', 'Value'],
    [
      ['Total', formatDuration(totalMs)],
      ['Waiting for an engine', `${formatDuration(waitingForEnginesMs)}${share(waitingForEnginesMs)}`],
      ['The rest, overhead of the harness', `${formatDuration(ownMs)}${share(ownMs)}`],
      [
        'The harness itself',
        `${harnessMeanCores.toFixed(3)} cores, at most ${formatBytes(harnessMaxMemoryBytes)}`,
      ],
      ...engines.flatMap(({ engine, trials }) =>
        trials.map(({ trial, controlPlaneStartMs, engineInstallMs }) => [
          `Start for ${labTitle(engine, trial)}`,
          `control plane ${formatDuration(controlPlaneStartMs)}, engine installed and synced ${formatDuration(engineInstallMs)}`,
        ]),
      ),
    ],
    '',
  );
}
