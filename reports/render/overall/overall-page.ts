import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Overall } from '../../record/overall.ts';
import { formatList } from '../format.ts';
import { answerTableOf, type AnswerGroup } from '../html/answer-table.ts';
import { answerRows } from '../html/answer.ts';
import { elementsOf } from '../html/from-markdown.ts';
import { clients, htmlPage } from '../html/page.ts';
import { contents, headlineParagraph, pageHeader, titlesOf, warningsPart } from '../html/page-parts.ts';
import { engineLabels } from '../names.ts';
import { headlineOf } from '../summarize.ts';
import {
  enginesOf,
  measuredOf,
  overallHeadline,
  overallSections,
  overallTitle,
  overallWarnings,
  statusWords,
} from './overall-text.ts';
import type { ReadPart } from './parts.ts';

/** The report of an overall run as one page that needs nothing besides itself; the links lead to the pages of its parts. */
export async function overallPage(overall: Overall, parts: readonly ReadPart[]): Promise<string> {
  const blocks = overallSections(overall, parts, 'report.html');
  return htmlPage({
    title: `${overallTitle(overall)}, ${overall.startedAt.slice(0, 10)}`,
    description: overallHeadline(overall),
    client: clients.page,
    body: [
      pageHeader('all', questionOf(parts)),
      headlineParagraph(overallHeadline(overall)),
      ...warningsPart(overallWarnings(overall, parts)),
      answers(parts),
      contents(titlesOf(blocks)),
      ...elementsOf(blocks),
    ],
  });
}

function questionOf(parts: readonly ReadPart[]): string {
  const names = enginesOf(measuredOf(parts)).map((engine) => engineLabels[engine]);
  const count = `${parts.length} scenario${parts.length === 1 ? '' : 's'}`;
  return names.length === 0 ? `What ${count} have shown` : `What ${count} have shown of ${formatList(names)}`;
}

/** A group of rows for each scenario, below its question and its answer. */
function answers(parts: readonly ReadPart[]): ElementContent {
  const isCompared = measuredOf(parts).some(({ measured }) => measured.analysis.comparisons.length > 0);
  return answerTableOf({
    caption:
      'Each scenario with its question, its answer, and the median time to restore of each engine. Bars can be compared within a row. ' +
      'The name of a scenario leads to its own report, where that lies beside this one.',
    titles: ['Scenario and disturbance', 'Median time to restore'],
    hasClaims: isCompared,
    groups: parts.map(groupOf),
  });
}

function groupOf({ part, measured }: ReadPart): AnswerGroup {
  const { scenario, status, reason, run } = part;
  const name =
    run === null || measured === null
      ? h('span', scenario)
      : h('a', { href: `${run}/report.html` }, scenario);
  const heading = [
    name,
    ...(status === 'complete' ? [] : [h('span', { className: 'tag' }, statusWords[status])]),
    ...(reason === '' ? [] : [h('div', { className: 'reason' }, reason)]),
  ];
  if (measured === null) return { heading, rows: [] };
  const { results, analysis } = measured;
  const answer = [
    h('div', results.scenario.question),
    h('div', { className: 'verdict' }, headlineOf(analysis)),
  ];
  return { heading: [...heading, ...answer], rows: answerRows(analysis) };
}
