import type { RootContent } from 'mdast';
import { formatDuration } from '../../../common/duration.ts';
import type { Overall } from '../../record/overall.ts';
import { engineNames, type EngineName } from '../../record/schema.ts';
import { armOf } from '../analysis.ts';
import { formatList } from '../format.ts';
import { bulletList, heading, inlineCode, link, paragraph, quote, strong, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';
import { featureLegend, featureTable, type ShownRun } from '../sections/features.ts';
import { machineTable } from '../sections/provenance.ts';
import { headlineOf } from '../summarize.ts';
import { medianCell, namedVerdict } from '../verdict-words.ts';
import type { ReadPart } from './parts.ts';

type MeasuredPart = ReadPart & { readonly measured: NonNullable<ReadPart['measured']> };

/** The report of an overall run, put together from the records of its parts. */
export function overallText(overall: Overall, parts: readonly ReadPart[]): RootContent[] {
  const measured = parts.filter((one): one is MeasuredPart => one.measured !== null);
  const engines = engineNames.filter((engine) =>
    measured.some(({ measured: { analysis } }) => analysis.engines.includes(engine)),
  );
  return [
    heading(1, `all: ${formatList(overall.parts.map(({ scenario }) => scenario))}`),
    paragraph(strong(overallHeadline(overall))),
    ...noticesOf(overall, parts),
    ...answers(measured),
    heading(2, 'Median time to restore'),
    medians(measured, engines),
    heading(2, 'What each engine can do'),
    featureTable(measured.map(shownRun), engines),
    paragraph(featureLegend(engines)),
    heading(2, 'Parts'),
    partsTable(parts),
    ...machine(overall, measured),
  ];
}

/** How many parts are complete, and how long all took, in one sentence. */
export function overallHeadline({ parts, totalMs }: Overall): string {
  const complete = parts.filter(({ status }) => status === 'complete').length;
  return `${complete} of ${parts.length} scenarios are complete, in ${formatDuration(totalMs)}.`;
}

function noticesOf({ parts }: Overall, read: readonly ReadPart[]): RootContent[] {
  const lines = [
    ...parts
      .filter(({ status }) => status !== 'complete')
      .map(({ scenario, status, reason }) => `${scenario}: ${statusWords[status]}. ${reason}`.trim()),
    ...read.map(({ notice }) => notice).filter((notice) => notice !== ''),
  ];
  return lines.length === 0
    ? []
    : [quote(paragraph(strong('Before you quote this:')), bulletList(lines.map((line) => [line])))];
}

const statusWords = {
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

function reportLink({ part }: ReadPart, text: string) {
  return part.run === null ? text : link(`${part.run}/report.md`, text);
}

function medians(parts: readonly MeasuredPart[], engines: readonly EngineName[]) {
  const rows = parts.flatMap((one) => {
    const { analysis } = one.measured;
    return analysis.disturbances.map((disturbance) => [
      reportLink(one, one.part.scenario),
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

function shownRun(one: MeasuredPart): ShownRun {
  return {
    ...one.measured,
    shownBy: (disturbance) => reportLink(one, `${one.part.scenario}, ${disturbance}`),
  };
}

function partsTable(parts: readonly ReadPart[]) {
  const rows = parts.map((one) => [
    one.part.scenario,
    statusWords[one.part.status],
    one.measured === null ? '–' : formatDuration(one.measured.results.cost.totalMs),
    one.part.run === null ? '–' : reportLink(one, one.part.run),
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
