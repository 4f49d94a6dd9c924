import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { ReportContent, SectionName } from '../content.ts';
import { runTitle } from '../names.ts';
import { headlineOf } from '../summarize.ts';
import { perContrast, perDisturbance, warningsOf } from '../sections/conclusion.ts';
import { answerTable } from './answer.ts';
import { drawCharts } from './charts.ts';
import { contrastTable } from './contrast-table.ts';
import { elementsOf, type Drawings } from './from-markdown.ts';
import { iterationList } from './iterations.ts';
import { clients, htmlPage } from './page.ts';
import {
  contents,
  headlineParagraph,
  pageHeader,
  tip,
  titlesOf,
  untitled,
  warningsPart,
} from './page-parts.ts';

/** What stands between the answer and the iterations, and what after them. */
const evidence: readonly SectionName[] = [
  'charts',
  'fidelity',
  'results',
  'figures',
  'features',
  'rebuild',
  'auditTrail',
  'phaseLock',
  'backoff',
  'prediction',
];
const background: readonly SectionName[] = ['method', 'provenance', 'configuration'];

/** A run's report as one page that needs nothing besides itself; the same content gives the same bytes. Throws an explained error where the logs can't be read. */
export async function reportPage(content: ReportContent): Promise<string> {
  const { run, charts, predictionCharts, sections } = content;
  const { scenario, calibration } = run.results;
  const drawings = await drawCharts([...charts.map(untitled), ...predictionCharts]);
  const body =
    calibration === undefined ? await runBody(content, drawings) : elementsOf(sections.conclusion, drawings);
  return htmlPage({
    title: runTitle(run.results),
    description: scenario.question,
    client: clients.page,
    body: [...body, tip()],
  });
}

async function runBody(content: ReportContent, drawings: Drawings): Promise<ElementContent[]> {
  const { run, sections } = content;
  const part = (names: readonly SectionName[]): ElementContent[] =>
    names.flatMap((name) => elementsOf(sections[name], drawings));
  const shown = [...evidence, ...background].filter((name) => sections[name].length > 0);
  const titles = shown.flatMap((name) => titlesOf(sections[name]));
  const firstOfBackground = titlesOf(background.flatMap((name) => sections[name]))[0] ?? '';
  return [
    ...answerOf(content),
    contents(titles.toSpliced(titles.indexOf(firstOfBackground), 0, 'Every iteration')),
    ...part(['thresholds', 'byHand', ...evidence]),
    ...(await iterationList(run)),
    ...part(background),
  ];
}

function answerOf({ run, analysis }: ReportContent): ElementContent[] {
  const { name, question } = run.results.scenario;
  const words = elementsOf([...perContrast(analysis), ...perDisturbance(run, analysis)]);
  return [
    pageHeader(name, question),
    headlineParagraph(headlineOf(analysis)),
    ...analysis.contrasts.map(contrastTable),
    ...answerTable(analysis),
    ...(words.length === 0
      ? []
      : [h('details', [h('summary', 'The same in sentences, with intervals'), ...words])]),
    ...warningsPart(warningsOf(run)),
  ];
}
