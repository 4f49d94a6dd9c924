import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../record/atomic-file.ts';
import { explainWriteFailure } from '../record/write-failure.ts';
import { renderSvg } from '../render/charts/svg.ts';
import { markdownText } from '../render/markdown.ts';
import type { RunComparison } from './analyse-comparison.ts';
import { comparisonCharts } from './comparison-charts.ts';
import { comparisonText } from './comparison-text.ts';

/**
 * Writes compare.md and its charts into `directory`, which is made where it is not there, and answers their paths. The same
 * comparison gives the same bytes. Throws an explained error where they can't be written.
 */
export async function writeComparison(comparison: RunComparison, directory: string): Promise<string[]> {
  const charts = comparisonCharts(comparison);
  const chartDirectory = join(directory, 'charts');
  await mkdir(chartDirectory, { recursive: true }).catch((error: unknown) => {
    throw explainWriteFailure(error, chartDirectory);
  });
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
