import { basename } from 'node:path';
import type { RootContent } from 'mdast';
import { formatDuration } from '../../common/duration.ts';
import type { Chart } from '../render/charts/chart.ts';
import { bulletList, heading, paragraph, strong, table } from '../render/markdown.ts';
import type { RunComparison } from './analyse-comparison.ts';
import { chartsSection } from '../render/sections/charts.ts';
import { warningsSection } from '../render/sections/conclusion.ts';
import { minimumShare } from './change.ts';
import { changesSection } from './changes-section.ts';
import { fidelitySection } from './fidelity-section.ts';

/** What stands below the answer of a comparison, in the order of its page; each is a heading with what belongs to it, or empty. */
export interface ComparisonSections {
  readonly charts: readonly RootContent[];
  readonly fidelity: readonly RootContent[];
  readonly madeWith: readonly RootContent[];
  readonly changes: readonly RootContent[];
  readonly method: readonly RootContent[];
}

/** The parts that the Markdown and the page of a comparison have in common. */
export function comparisonSections(comparison: RunComparison, charts: readonly Chart[]): ComparisonSections {
  return {
    charts: charts.length === 0 ? [] : chartsSection(charts),
    fidelity: fidelitySection(comparison),
    madeWith: [heading(2, 'What was compared'), ...runsTable(comparison)],
    changes: [
      heading(2, 'What changed'),
      ...comparison.selection.others.flatMap((run) => changesSection(run, comparison)),
    ],
    method: [heading(2, 'Method'), paragraph(methodWords(comparison))],
  };
}

/** What a comparison is called, such as `drift-recovery: A, B side by side`. */
export function comparisonTitle({ selection: { baseline, others } }: RunComparison): string {
  const letters = [baseline, ...others].map(({ letter }) => letter);
  return `${baseline.results.scenario.name}: ${letters.join(', ')} side by side`;
}

/** The report of a comparison. */
export function comparisonText(comparison: RunComparison, charts: readonly Chart[]): RootContent[] {
  const { fidelity, madeWith, changes, charts: drawn, method } = comparisonSections(comparison, charts);
  return [
    heading(1, comparisonTitle(comparison)),
    ...comparison.headlines.flatMap(({ sentence, details }) => [
      paragraph(strong(sentence)),
      ...(details.length === 0 ? [] : [bulletList(details.map((detail) => [detail]))]),
    ]),
    ...warningsSection(comparison.warnings),
    ...[fidelity, madeWith, changes, drawn, method].flat(),
  ];
}

/** Only what differs has a row, so that it is seen. */
function runsTable({ selection, properties }: RunComparison): RootContent[] {
  const runs = [selection.baseline, ...selection.others];
  const headers = runs.map(({ letter }, index) => (index === 0 ? `${letter} (baseline)` : letter));
  const rows = properties.differing.map(({ name, values }) => [name, ...values]);
  return [
    table(
      ['What differs', ...headers],
      [['Run', ...runs.map(({ directory }) => basename(directory))], ...rows],
      '',
    ),
    paragraph(`The same in all: ${properties.same.join('; ')}.`),
  ];
}

function methodWords({ leastMs, selection: { baseline } }: RunComparison): string {
  return (
    `The difference is the Hodges-Lehmann estimate of how much longer a run took than ${baseline.letter}; Cliff’s delta is 1 where it took longer in every pair of ` +
    'iterations. p is that of the exact Mann-Whitney test, corrected by Holm over the engines and disturbances of one time and one run. A change is named a ' +
    'regression or an improvement where the corrected p is below 0.05, the interval does not hold zero, and the difference is at least ' +
    `${formatDuration(leastMs)} and ${100 * minimumShare} % of the baseline’s median. It is the same where the whole interval is smaller than that. ` +
    'Nothing is claimed with fewer than 5 iterations in a run.'
  );
}
