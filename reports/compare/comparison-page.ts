import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Chart } from '../render/charts/chart.ts';
import { formatList } from '../render/format.ts';
import { drawCharts } from '../render/html/charts.ts';
import { elementsOf } from '../render/html/from-markdown.ts';
import { clients, htmlPage } from '../render/html/page.ts';
import {
  contents,
  headlineParagraph,
  pageHeader,
  tip,
  titlesOf,
  untitled,
  warningsPart,
} from '../render/html/page-parts.ts';
import { engineLabels } from '../render/names.ts';
import type { RunComparison } from './analyse-comparison.ts';
import { changeTable } from './change-table.ts';
import { comparisonSections, comparisonTitle } from './comparison-text.ts';
import type { Headline } from './headline.ts';
import type { ComparedRun, Selection } from './selection.ts';

/** A comparison as one page that needs nothing besides itself; the same comparison gives the same bytes. */
export async function comparisonPage(comparison: RunComparison, charts: readonly Chart[]): Promise<string> {
  const { selection, headlines, warnings } = comparison;
  const { charts: shown, ...background } = comparisonSections(comparison, charts);
  const blocks = [
    shown,
    background.fidelity,
    background.madeWith,
    background.changes,
    background.method,
  ].flat();
  const title = comparisonTitle(comparison);
  return htmlPage({
    title,
    description: headlines.map(({ sentence }) => sentence).join(' '),
    client: clients.page,
    body: [
      pageHeader(selection.baseline.results.scenario.name, questionOf(selection)),
      runsList(selection),
      ...headlines.flatMap(headlinePart),
      ...warningsPart(warnings),
      ...selection.others.flatMap((run) => changeTable(run, comparison)),
      contents(titlesOf(blocks)),
      ...elementsOf(blocks, await drawCharts(charts.map(untitled))),
      tip(),
    ],
  });
}

function questionOf({ baseline, others }: Selection): string {
  return `What changed from ${baseline.letter} to ${formatList(others.map(({ letter }) => letter))}?`;
}

/** What the letters stand for, so that the answer can be read. */
function runsList({ baseline, others }: Selection): ElementContent {
  return h(
    'ul',
    { className: 'runs' },
    [baseline, ...others].map((run) => h('li', [h('b', run.letter), runWords(run, run === baseline)])),
  );
}

function runWords({ results }: ComparedRun, isBaseline: boolean): string {
  const { startedAt, engines, lab, profile } = results;
  const versions = engines.map(({ engine, version }) => `${engineLabels[engine]} ${version}`);
  const when = `${startedAt.slice(0, 10)}, ${startedAt.slice(11, 16)} UTC`;
  return `${isBaseline ? ', the baseline' : ''}: ${when}, ${formatList(versions)}, lab ${lab.provider}, profile ${profile.name}`;
}

function headlinePart({ sentence, details }: Headline): ElementContent[] {
  return [
    headlineParagraph(sentence),
    ...(details.length === 0
      ? []
      : [
          h(
            'ul',
            details.map((detail) => h('li', detail)),
          ),
        ]),
  ];
}
