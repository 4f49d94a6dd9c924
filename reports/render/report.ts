import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../record/atomic-file.ts';
import { readRun, type RecordedRun } from '../record/reader.ts';
import { explainWriteFailure } from '../record/write-failure.ts';
import type { CheckedThreshold } from '../thresholds/check.ts';
import type { Chart } from './charts/chart.ts';
import { renderSvg } from './charts/svg.ts';
import { gatherContent, sectionNames, type ReportContent } from './content.ts';
import { isWritten } from './formats.ts';
import { reportPage } from './html/report-page.ts';
import { markdownText } from './markdown.ts';
import type { RenderOptions } from './render-options.ts';
import { writeSlides } from './slides/write-slides.ts';

export { summarize } from './summarize.ts';

interface RenderedReport {
  readonly run: RecordedRun;
  readonly reportPath: string;
  /** The same for people: one file that holds all of it. */
  readonly pagePath: string;
  readonly chartPaths: readonly string[];
  /** What came of the thresholds that the run was begun with. */
  readonly thresholds: readonly CheckedThreshold[];
}

/**
 * Writes report.md with charts/*.svg, report.html, and slides.html and slides.pptx of the run at `path` (as `readRun` takes it) from nothing but its
 * directory, so that rendering again gives the same bytes; with `only`, one of the first two. Throws an explained error where the run can't be
 * read or the report not written.
 */
export async function renderRun(
  path: string,
  { only, complete = (results) => results }: RenderOptions = {},
): Promise<RenderedReport> {
  const read = await readRun(path);
  const run = { ...read, results: complete(read.results) };
  const content = await gatherContent(run);
  const reportPath = join(run.directory, 'report.md');
  const pagePath = join(run.directory, 'report.html');
  const chartPaths = isWritten('markdown', only) ? await writeMarkdown(content, reportPath) : [];
  if (isWritten('html', only)) await writeAtomically(pagePath, await reportPage(content));
  if (only === undefined) await writeSlides(content);
  return { run, reportPath, pagePath, chartPaths, thresholds: content.thresholds };
}

/** Writes the text and the charts that it shows, and answers the paths of these. */
async function writeMarkdown(content: ReportContent, reportPath: string): Promise<string[]> {
  const { run, charts, predictionCharts, sections } = content;
  const chartPaths = await writeCharts(join(run.directory, 'charts'), [...charts, ...predictionCharts]);
  await writeAtomically(reportPath, markdownText(sectionNames.flatMap((name) => sections[name])));
  return chartPaths;
}

/** Writes the charts and removes those of an earlier rendering that are no more. */
async function writeCharts(directory: string, charts: readonly Chart[]): Promise<string[]> {
  try {
    await mkdir(directory, { recursive: true });
    const names = new Set(charts.map(({ fileName }) => fileName));
    const old = (await readdir(directory)).filter(
      (name) =>
        /^(calibration|distribution|kaplan-meier|phases|prediction|timeline).*\.svg$/.test(name) &&
        !names.has(name),
    );
    await Promise.all(old.map(async (name) => rm(join(directory, name))));
  } catch (error) {
    throw explainWriteFailure(error, directory);
  }
  const paths: string[] = [];
  for (const chart of charts) {
    const path = join(directory, chart.fileName);
    await writeAtomically(path, await renderSvg(chart));
    paths.push(path);
  }
  return paths;
}
