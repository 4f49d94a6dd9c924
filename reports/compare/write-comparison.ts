import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../record/atomic-file.ts';
import { explainWriteFailure } from '../record/write-failure.ts';
import type { Chart } from '../render/charts/chart.ts';
import { renderSvg } from '../render/charts/svg.ts';
import { isWritten, type ReportFormat } from '../render/formats.ts';
import { markdownText } from '../render/markdown.ts';
import type { RunComparison } from './analyse-comparison.ts';
import { comparisonCharts } from './comparison-charts.ts';
import { comparisonPage } from './comparison-page.ts';
import { comparisonText } from './comparison-text.ts';

/**
 * Writes compare.html, and compare.md with its charts, into `directory`, which is made where it is not there, and answers what was written;
 * with `only`, one of the two. The same comparison gives the same bytes. Throws an explained error where they can't be written.
 */
export async function writeComparison(
  comparison: RunComparison,
  directory: string,
  only?: ReportFormat,
): Promise<string[]> {
  await makeDirectory(directory);
  const charts = comparisonCharts(comparison);
  const page = join(directory, 'compare.html');
  if (isWritten('html', only)) await writeAtomically(page, await comparisonPage(comparison, charts));
  return [
    ...(isWritten('html', only) ? [page] : []),
    ...(isWritten('markdown', only) ? await writeMarkdown(comparison, charts, directory) : []),
  ];
}

async function writeMarkdown(
  comparison: RunComparison,
  charts: readonly Chart[],
  directory: string,
): Promise<string[]> {
  const chartDirectory = join(directory, 'charts');
  await makeDirectory(chartDirectory);
  const text = join(directory, 'compare.md');
  await writeAtomically(text, markdownText(comparisonText(comparison, charts)));
  const paths = [text];
  for (const chart of charts) {
    const path = join(chartDirectory, chart.fileName);
    await writeAtomically(path, await renderSvg(chart));
    paths.push(path);
  }
  return paths;
}

async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw explainWriteFailure(error, directory);
  });
}
