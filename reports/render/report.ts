import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RootContent } from 'mdast';
import { analysePredictions } from '../prediction/fit.ts';
import { writeAtomically } from '../record/atomic-file.ts';
import { readRun, type RecordedRun } from '../record/reader.ts';
import { explainWriteFailure } from '../record/write-failure.ts';
import { checkThresholds, type CheckedThreshold } from '../thresholds/check.ts';
import { parseThreshold } from '../thresholds/parse.ts';
import { analyse, type Analysis } from './analysis.ts';
import { calibrationText } from './calibration/calibration-text.ts';
import { errorChart } from './calibration/error-chart.ts';
import type { Chart } from './charts/chart.ts';
import { distributionChart } from './charts/distribution.ts';
import { kaplanMeierChart } from './charts/kaplan-meier.ts';
import { phasesChart } from './charts/phases.ts';
import { predictionCharts } from './charts/prediction.ts';
import { renderSvg } from './charts/svg.ts';
import { timelineCharts } from './charts/timeline.ts';
import { markdownText } from './markdown.ts';
import { timeNames } from './names.ts';
import { auditTrailSection } from './sections/audit-trail.ts';
import { backoffSection } from './sections/backoff.ts';
import { byHandSection } from './sections/by-hand.ts';
import { chartsSection } from './sections/charts.ts';
import { conclusionSection } from './sections/conclusion.ts';
import { configurationSection } from './sections/configuration.ts';
import { featuresSection } from './sections/features.ts';
import { fidelitySection } from './sections/fidelity.ts';
import { figuresSection } from './sections/figures.ts';
import { iterationsSection } from './sections/iterations.ts';
import { methodSection } from './sections/method.ts';
import { phaseLockSection } from './sections/phase-lock.ts';
import { predictionSection } from './sections/prediction.ts';
import { provenanceSection } from './sections/provenance.ts';
import { rebuildSection } from './sections/rebuild.ts';
import { resultsSection } from './sections/results-tables.ts';
import { slowestSection } from './sections/slowest.ts';
import { thresholdsSection } from './sections/thresholds.ts';

export { summarize } from './summarize.ts';

interface RenderedReport {
  readonly run: RecordedRun;
  readonly reportPath: string;
  readonly chartPaths: readonly string[];
  /** What came of the thresholds that the run was begun with. */
  readonly thresholds: readonly CheckedThreshold[];
}

/**
 * Writes report.md and charts/*.svg of the run at `path` (as `readRun` takes it) from nothing but its directory, so that
 * rendering again gives the same bytes. Throws an explained error where the run can't be read or the report not written.
 */
export async function renderRun(path: string): Promise<RenderedReport> {
  const run = await readRun(path);
  const analysis = analyse(run.results);
  const predictions = analysePredictions(run.results);
  const ownCharts = predictionCharts(predictions);
  const thresholds = checkThresholds(
    run.results,
    run.results.plan.thresholds.map((text) => parseThreshold(text, 'the threshold of the run')),
  );
  const charts = chartsOf(run, analysis);
  const chartPaths = await writeCharts(join(run.directory, 'charts'), [...charts, ...ownCharts]);
  const reportPath = join(run.directory, 'report.md');
  const prediction = predictionSection(run.results, predictions, ownCharts);
  const parts = { run, analysis, charts, prediction, thresholds };
  await writeAtomically(reportPath, await reportText(parts));
  return { run, reportPath, chartPaths, thresholds };
}

function chartsOf({ results, history }: RecordedRun, analysis: Analysis): Chart[] {
  const { calibration } = results;
  if (calibration !== undefined) return [errorChart(calibration)].filter((chart) => chart !== null);
  const charts = [
    distributionChart(analysis, 'restore'),
    kaplanMeierChart(analysis),
    phasesChart(analysis),
    ...timelineCharts(results, history, analysis),
    ...timeNames.filter((time) => time !== 'restore').map((time) => distributionChart(analysis, time)),
  ];
  return charts.filter((chart) => chart !== null);
}

/** All that a report is put together from. */
interface ReportParts {
  readonly run: RecordedRun;
  readonly analysis: Analysis;
  readonly charts: readonly Chart[];
  readonly prediction: readonly RootContent[];
  readonly thresholds: readonly CheckedThreshold[];
}

async function reportText({ run, analysis, charts, prediction, thresholds }: ReportParts): Promise<string> {
  const { results } = run;
  const { calibration } = results;
  if (calibration !== undefined) return markdownText(calibrationText(run, calibration, charts));
  return markdownText([
    ...conclusionSection(run, analysis),
    ...thresholdsSection(thresholds),
    ...byHandSection(run, analysis),
    ...fidelitySection(results, analysis),
    ...resultsSection(analysis),
    ...figuresSection(results, analysis),
    ...featuresSection(results, analysis),
    ...rebuildSection(run),
    ...auditTrailSection(run),
    ...phaseLockSection(results, analysis),
    ...backoffSection(results, analysis),
    ...prediction,
    ...chartsSection(charts),
    ...(await slowestSection(run, analysis)),
    ...provenanceSection(results),
    ...configurationSection(results),
    ...iterationsSection(results),
    ...methodSection(results),
  ]);
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
