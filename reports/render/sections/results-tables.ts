import type { BlockContent, RootContent } from 'mdast';
import type { Analysis } from '../analysis.ts';
import { neverCame, type Arm } from '../arm.ts';
import { hasUnknownOrder } from '../../statistics/sample.ts';
import { byPair, type Comparison } from '../comparison.ts';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatInterval,
  formatP,
  formatWithInterval,
} from '../format.ts';
import { collapsed, heading, paragraph, table } from '../markdown.ts';
import { engineLabels, timeKinds, timeNames, type TimeName } from '../names.ts';
import { shortVerdict } from '../verdict-words.ts';

/** The figures of every time, and the comparison of the time to restore. */
export function resultsSection(analysis: Analysis): RootContent[] {
  const others = timeNames.filter((time) => time !== 'restore');
  return [
    heading(2, 'Results'),
    ...restoreTables(analysis),
    heading(3, 'The other times'),
    ...others.flatMap((time) =>
      collapsed(`${timeKinds[time].title}: until ${timeKinds[time].until}`, timeTable(analysis, time)),
    ),
  ];
}

/** The figures of the time to restore, and its comparison. */
export function restoreTables(analysis: Analysis): RootContent[] {
  return [heading(3, timeKinds.restore.title), timeTable(analysis, 'restore'), ...comparisonTables(analysis)];
}

function timeTable({ arms }: Analysis, time: TimeName): BlockContent {
  const rows = arms.filter((arm) => arm.time === time).flatMap(rowOf);
  return table(
    ['Disturbance', 'Engine', 'n', 'Median [95 % interval]', 'p90', 'p95', 'Min to max'],
    rows,
    'No valid iteration has this time.',
  );
}

function rowOf(arm: Arm): string[][] {
  const { description, disturbance, engine, time } = arm;
  if (description === null) return [];
  const { basis, median, medianInterval, p90, p95, min, max } = description;
  const start = [disturbance, engineLabels[engine], formatCount(description) + unobserved(arm)];
  if (neverCame(arm)) return [[...start, `${timeKinds[time].never} (${formatEstimate(min)})`, '–', '–', '–']];
  const range = formatInterval({ low: min, high: max });
  const source = basis === 'curve' ? ' (Kaplan-Meier)' : '';
  return [
    [
      ...start,
      formatWithInterval(median, medianInterval) + source,
      formatEstimate(p90),
      formatEstimate(p95),
      range,
    ],
  ];
}

function unobserved({ unobservedCount }: Arm): string {
  return unobservedCount === 0 ? '' : `, ${unobservedCount} not seen`;
}

/** A table for each two engines that are compared, and how all are read. */
function comparisonTables({ comparisons }: Analysis): RootContent[] {
  const pairs = byPair(comparisons);
  const [example] = comparisons;
  if (example === undefined) return [];
  const isOnePair = pairs.length === 1;
  const first = isOnePair ? engineLabels[example.first.engine] : 'the first engine';
  return [
    ...pairs.flatMap(comparisonTable),
    paragraph(
      `The difference is the Hodges-Lehmann estimate of how much longer ${first} takes to restore; below zero it is faster. ` +
        `Cliff’s delta is 1 where ${first} is slower in every pair of iterations, −1 where it is faster in every pair. ` +
        'p is that of the Mann-Whitney test; a difference is claimed where p, corrected by Holm over ' +
        `the rows${isOnePair ? '' : ' of all these tables'}, is below 0.05.` +
        (comparisons.some(hidesOrders) ? hiddenOrders : ''),
    ),
  ];
}

function comparisonTable(own: readonly Comparison[]): RootContent[] {
  const [example] = own;
  if (example === undefined) return [];
  const [first, second] = [engineLabels[example.first.engine], engineLabels[example.second.engine]];
  return [
    heading(3, `${first} against ${second}`),
    table(
      ['Disturbance', `${first} − ${second} [95 % interval]`, 'Cliff’s delta', 'p', 'p, Holm', 'Verdict'],
      own.map(comparisonRow),
      '',
    ),
  ];
}

const hiddenOrders =
  ' Some iterations were watched for less time than others took, so that nobody knows which of them is longer. Such pairs count as ' +
  'ties, in p (which is Gehan’s test there) and in Cliff’s delta.';

function hidesOrders({ first, second }: Comparison): boolean {
  return hasUnknownOrder([...first.samples, ...second.samples]);
}

function comparisonRow(comparison: Comparison): string[] {
  const { disturbance, difference, delta, p, correctedP } = comparison;
  return [
    disturbance,
    formatDifference(difference),
    delta === null ? '–' : delta.toFixed(2).replace('-', '−'),
    formatCell(p),
    formatCell(correctedP),
    shortVerdict(comparison),
  ];
}

function formatCell(p: number | null): string {
  return p === null ? '–' : formatP(p).replace('= ', '');
}
