import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { u } from 'unist-builder';
import type { Chart } from '../charts/chart.ts';
import { renderInlineSvgs } from '../charts/svg.ts';
import type { Drawings } from './from-markdown.ts';

/** Draws charts for the page, by their file names: on its own ground, in its own colour of text. */
export async function drawCharts(charts: readonly Chart[]): Promise<Drawings> {
  const svgs = await renderInlineSvgs(charts);
  return new Map(charts.map((chart, index) => [chart.fileName, figureOf(chart, svgs[index] ?? '')] as const));
}

/** On a narrow screen it is moved by itself, with the keyboard, too. */
function figureOf({ title }: Chart, svg: string): ElementContent {
  return h('span', { className: 'chart', tabIndex: 0, role: 'group', ariaLabel: title }, [u('raw', svg)]);
}
