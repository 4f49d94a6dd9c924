import { formatCount, formatDifference } from '../render/format.ts';
import { engineLabels } from '../render/names.ts';
import { alignColumns } from '../render/summarize.ts';
import { medianCell } from '../render/verdict-words.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';
import { shortChange } from './change-words.ts';
import type { ComparedRun } from './selection.ts';

/** A comparison for a terminal: the answer, what differs between the runs, and a table for each run beside the baseline. */
export function comparisonLines(comparison: RunComparison): string[] {
  const { selection, properties, warnings, changes, headlines } = comparison;
  const { baseline, others } = selection;
  const letters = [baseline, ...others].map(({ letter }) => letter);
  const differing = properties.differing.map(({ name, values }) => [name, ...values]);
  return [
    ...headlines.flatMap(({ sentence, details }) => [sentence, ...details]),
    '',
    ...alignColumns([['what differs', ...letters], ...differing]),
    `the same: ${properties.same.join('; ')}`,
    '',
    ...warnings.map((warning) => `notice: ${warning}`),
    ...(warnings.length === 0 ? [] : ['']),
    ...others.flatMap((run) => [
      ...alignColumns([
        headersOf(run, baseline),
        ...changes.filter((change) => change.run === run).map((change) => rowOf(change, baseline)),
      ]),
      '',
    ]),
  ];
}

function headersOf(run: ComparedRun, baseline: ComparedRun): string[] {
  const letters = [baseline.letter, run.letter];
  return [
    'engine',
    'disturbance',
    'time to',
    'n',
    ...letters,
    `${run.letter} − ${baseline.letter}`,
    'verdict',
  ];
}

function rowOf(change: Change, baseline: ComparedRun): string[] {
  const { engine, disturbance, time, comparison } = change;
  const { first, second, difference } = comparison;
  const counts = [second, first].map(({ description }) =>
    description === null ? '0' : formatCount(description),
  );
  return [
    engineLabels[engine],
    disturbance,
    time,
    counts.join(', '),
    medianCell(second),
    medianCell(first),
    formatDifference(difference),
    shortChange(change, baseline),
  ];
}
