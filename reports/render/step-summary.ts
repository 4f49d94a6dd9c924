import type { Results } from '../record/schema.ts';
import type { CheckedThreshold } from '../thresholds/check.ts';
import { analyse } from './analysis.ts';
import { heading, inlineCode, markdownText, paragraph, strong, table } from './markdown.ts';
import { thresholdsSection } from './sections/thresholds.ts';
import { headlineOf, medianTable } from './summarize.ts';

/** A short account of a run, in Markdown, for the page of a CI job; `reportPath` is how it names the report. */
export function stepSummary(
  results: Results,
  checked: readonly CheckedThreshold[],
  reportPath: string,
): string {
  const { scenario, status, statusReason } = results;
  const analysis = analyse(results);
  const [header = [], ...rows] = medianTable(analysis);
  const width = Math.max(0, ...rows.map((row) => row.length));
  return markdownText([
    heading(1, `gitops-lab: ${scenario.name}`),
    paragraph(strong(headlineOf(analysis))),
    ...(status === 'complete'
      ? []
      : [paragraph(`The run is not complete. It was ${status}: ${statusReason}`)]),
    ...(rows.length === 0
      ? []
      : [
          table(
            padded(header, width),
            rows.map((row) => padded(row, width)),
            '',
          ),
        ]),
    ...thresholdsSection(checked),
    paragraph('Report: ', inlineCode(reportPath)),
  ]);
}

function padded(row: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => row[column] ?? '');
}
