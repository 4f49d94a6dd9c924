import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Overall } from '../../record/overall.ts';
import { engineNames, type EngineName } from '../../record/schema.ts';
import { armOf } from '../analysis.ts';
import { formatList } from '../format.ts';
import { bulletList, heading, inlineCode, link, paragraph, strong, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';
import { warningsSection } from '../sections/conclusion.ts';
import { featureLegend, featureTable, type ShownRun } from '../sections/features.ts';
import { machineTable } from '../sections/provenance.ts';
import { headlineOf } from '../summarize.ts';
import { medianCell, namedVerdict } from '../verdict-words.ts';
import type { MeasuredPart, ReadPart } from './parts.ts';

/** The report of an overall run, put together from the records of its parts. */
export function overallText(overall: Overall, parts: readonly ReadPart[]): RootContent[] {
  const measured = measuredOf(parts);
  return [
    heading(1, overallTitle(overall)),
    paragraph(strong(overallHeadline(overall))),
    ...warningsSection(overallWarnings(overall, parts)),
    ...answers(measured),
    heading(2, 'Median time to restore'),
    medians(measured, enginesOf(measured)),
    ...overallSections(overall, parts, 'report.md'),
  ];
}

/** What stands below the answers, in the Markdown and on the page alike; `report` is the file of each part that links lead to. */
export function overallSections(
  overall: Overall,
  parts: readonly ReadPart[],
  report: ReportFile,
): RootContent[] {
  const measured = measuredOf(parts);
  const engines = enginesOf(measured);
  return [
    heading(2, 'What each engine can do'),
    featureTable(
      measured.map((one) => shownRun(one, report)),
      engines,
    ),
    paragraph(featureLegend(engines)),
    heading(2, 'Parts'),
    partsTable(parts, report),
    ...machine(overall, measured),
  ];
}

/** What an overall run is called: `all: prune and rollback`. */
export function overallTitle({ parts }: Overall): string {
  return `all: ${formatList(parts.map(({ scenario }) => scenario))}`;
}

/** Those that were measured, in the order in which they ran. */
export function measuredOf(parts: readonly ReadPart[]): MeasuredPart[] {
  return parts.filter((one): one is MeasuredPart => one.measured !== null);
}

/** The engines of all parts together. */
export function enginesOf(parts: readonly MeasuredPart[]): EngineName[] {
  return engineNames.filter((engine) =>
    parts.some(({ measured: { analysis } }) => analysis.engines.includes(engine)),
  );
}

/** How many parts are complete, and how long all took, in one sentence. */
export function overallHeadline({ parts, totalMs }: Overall): string {
  const complete = parts.filter(({ status }) => status === 'complete').length;
  return `${complete} of ${parts.length} scenarios are complete, in ${formatDuration(totalMs)}.`;
}

/** What failed, and what can't be read, as sentences. */
export function overallWarnings({ parts }: Overall, read: readonly ReadPart[]): string[] {
  return [
    ...parts
      .filter(({ status }) => status !== 'complete')
      .map(({ scenario, status, reason }) => `${scenario}: ${statusWords[status]}. ${reason}`.trim()),
    ...read.map(({ notice }) => notice).filter((notice) => notice !== ''),
  ];
}

export const statusWords = {
  complete: 'complete',
  failed: 'failed',
  interrupted: 'interrupted',
  'not-begun': 'not begun',
} as const;

function answers(parts: readonly MeasuredPart[]): RootContent[] {
  if (parts.length === 0) return [paragraph('No part has recorded anything.')];
  return [
    bulletList(
      parts.map(({ part, measured }) => [
        strong(part.scenario),
        `: ${measured.results.scenario.question} ${headlineOf(measured.analysis)}`,
      ]),
    ),
  ];
}

type ReportFile = 'report.md' | 'report.html';

function reportLink({ part }: ReadPart, text: string, report: ReportFile) {
  return part.run === null ? text : link(`${part.run}/${report}`, text);
}

function medians(parts: readonly MeasuredPart[], engines: readonly EngineName[]) {
  const rows = parts.flatMap((one) => {
    const { analysis } = one.measured;
    return analysis.disturbances.map((disturbance) => [
      reportLink(one, one.part.scenario, 'report.md'),
      disturbance,
      ...engines.map((engine) => medianCell(armOf(analysis, disturbance, engine, 'restore'))),
      analysis.comparisons
        .filter((comparison) => comparison.disturbance === disturbance)
        .map((comparison) => namedVerdict(comparison, analysis.engines.length))
        .join(', ') || '–',
    ]);
  });
  const labels = engines.map((engine) => engineLabels[engine]);
  return table(['Scenario', 'Disturbance', ...labels, 'Verdict'], rows, 'Nothing was measured.');
}

function shownRun(one: MeasuredPart, report: ReportFile): ShownRun {
  return {
    ...one.measured,
    shownBy: (disturbance) => reportLink(one, `${one.part.scenario}, ${disturbance}`, report),
  };
}

function partsTable(parts: readonly ReadPart[], report: ReportFile) {
  const rows = parts.map((one) => [
    one.part.scenario,
    statusWords[one.part.status],
    one.measured === null ? '–' : formatDuration(one.measured.results.cost.totalMs),
    one.part.run === null ? '–' : reportLink(one, one.part.run, report),
  ]);
  return table(['Scenario', 'Status', 'Took', 'Its report'], rows, '');
}

/** All parts ran on one machine; the first that has recorded it speaks for all. */
function machine({ seed, commandLine, startedAt, finishedAt }: Overall, parts: readonly MeasuredPart[]) {
  const [first] = parts;
  return [
    heading(2, 'Machine and provenance'),
    ...(first === undefined ? [] : [machineTable(first.measured.results.provenance)]),
    bulletList([
      ['From ', startedAt, ' to ', finishedAt],
      ['Command: ', inlineCode(commandLine.join(' '))],
      ['Seed: ', String(seed)],
    ]),
  ];
}
