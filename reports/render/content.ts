import type { RootContent } from 'mdast';
import { analysePredictions } from '../prediction/fit.ts';
import type { RecordedRun } from '../record/reader.ts';
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
import { timelineCharts } from './charts/timeline.ts';
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

/** The parts of a report, in the order of report.md; each is a heading with what stands below it, or empty. */
export const sectionNames = [
  'conclusion',
  'thresholds',
  'byHand',
  'fidelity',
  'results',
  'figures',
  'features',
  'rebuild',
  'auditTrail',
  'phaseLock',
  'backoff',
  'prediction',
  'charts',
  'slowest',
  'provenance',
  'configuration',
  'iterations',
  'method',
] as const;
export type SectionName = (typeof sectionNames)[number];

/** All that the reports of a run are put together from. */
export interface ReportContent {
  readonly run: RecordedRun;
  readonly analysis: Analysis;
  /** Those of the section `charts`. */
  readonly charts: readonly Chart[];
  /** Those of the section `prediction`. */
  readonly predictionCharts: readonly Chart[];
  /** What came of the thresholds that the run was begun with. */
  readonly thresholds: readonly CheckedThreshold[];
  /** Of a calibration, `conclusion` alone holds anything: all of its report. */
  readonly sections: Readonly<Record<SectionName, readonly RootContent[]>>;
}

/** Gathers what a run's reports say. Throws an explained error where its logs can't be read. */
export async function gatherContent(run: RecordedRun): Promise<ReportContent> {
  const { results } = run;
  const analysis = analyse(results);
  const predictions = analysePredictions(results);
  const known = {
    run,
    analysis,
    charts: chartsOf(run, analysis),
    predictionCharts: predictionCharts(predictions),
    thresholds: checkThresholds(
      results,
      results.plan.thresholds.map((text) => parseThreshold(text, 'the threshold of the run')),
    ),
  };
  const prediction = predictionSection(results, predictions, known.predictionCharts);
  return { ...known, sections: await sectionsOf(known, prediction) };
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

const noSections = Object.fromEntries(sectionNames.map((name) => [name, []])) as unknown as Record<
  SectionName,
  readonly RootContent[]
>;

async function sectionsOf(
  { run, analysis, charts, thresholds }: Omit<ReportContent, 'sections'>,
  prediction: readonly RootContent[],
): Promise<ReportContent['sections']> {
  const { results } = run;
  const { calibration } = results;
  if (calibration !== undefined)
    return { ...noSections, conclusion: calibrationText(run, calibration, charts) };
  return {
    conclusion: conclusionSection(run, analysis),
    thresholds: thresholdsSection(thresholds),
    byHand: byHandSection(run, analysis),
    fidelity: fidelitySection(results, analysis),
    results: resultsSection(analysis),
    figures: figuresSection(results, analysis),
    features: featuresSection(results, analysis),
    rebuild: rebuildSection(run),
    auditTrail: auditTrailSection(run),
    phaseLock: phaseLockSection(results, analysis),
    backoff: backoffSection(results, analysis),
    prediction,
    charts: chartsSection(charts),
    slowest: await slowestSection(run, analysis),
    provenance: provenanceSection(results),
    configuration: configurationSection(results),
    iterations: iterationsSection(results),
    method: methodSection(results),
  };
}
