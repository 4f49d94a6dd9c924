import { formatList } from '../render/format.ts';
import { machineGroup, profileGroup, readBackGroup, type Properties } from './properties.ts';
import type { ComparedRun, Selection } from './selection.ts';

/** What a reader must know before quoting a comparison, as sentences. */
export function warningsOf({ baseline, others, leftOut }: Selection, properties: Properties): string[] {
  return [
    ...[baseline, ...others].flatMap(({ letter, results: { status, statusReason } }) =>
      status === 'complete'
        ? []
        : [`${letter} is not complete. It was ${status}${statusReason === '' ? '' : `: ${statusReason}`}.`],
    ),
    ...others.flatMap(({ letter }, index) => [
      ...doubt(`${letter} was not tuned as ${baseline.letter} was`, tuning(properties, index + 1)),
      ...doubt(
        `${letter} ran on another machine than ${baseline.letter}`,
        namesIn(properties, machineGroup, index + 1),
      ),
    ]),
    ...others.flatMap((run) => busier(run, baseline)),
    ...leftOut,
  ];
}

/** From this difference of the load on each core on, a machine was another one for what ran on it. */
const telltaleLoad = 1;

/** The mean over the shards of a merged run. */
function loadPerCore({ results }: ComparedRun): number {
  const machines = (results.shards ?? [results]).map(({ provenance }) => provenance.machine);
  const sum = machines.reduce(
    (total, { loadAverageAtStart, cores }) => total + loadAverageAtStart / cores,
    0,
  );
  return sum / machines.length;
}

function busier(run: ComparedRun, baseline: ComparedRun): string[] {
  const [own, base] = [loadPerCore(run), loadPerCore(baseline)];
  if (Math.abs(own - base) < telltaleLoad) return [];
  const word = own > base ? 'busier' : 'less busy';
  return doubt(`The machine was ${word} when ${run.letter} began than when ${baseline.letter} did`, [
    `load average on each core ${own.toFixed(1)} against ${base.toFixed(1)}`,
  ]);
}

/** What of a group is not as in the baseline, for the run at that position. */
function namesIn({ differing }: Properties, group: string, position: number): string[] {
  return differing
    .filter((one) => one.group === group && one.values[position] !== one.values[0])
    .map(({ name }) => name);
}

/** What was asked for says it shorter than what was read back; how many iterations were made tunes nothing. */
function tuning(properties: Properties, position: number): string[] {
  const asked = namesIn(properties, profileGroup, position).filter((name) => name !== 'iterations');
  return asked.length > 0 ? asked : namesIn(properties, readBackGroup, position);
}

/** More would hide the first. */
const mostNames = 5;

function doubt(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length - mostNames;
  const told = [...names.slice(0, mostNames), ...(more > 0 ? [`${more} more`] : [])];
  return [`${what} (${formatList(told)}): what changed may come from that, and not from the engines.`];
}
