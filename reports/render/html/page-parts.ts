import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Chart } from '../charts/chart.ts';
import { slugOf } from './from-markdown.ts';

/** What a page is of, in small letters, and the question that it answers. */
export function pageHeader(subject: string, question: string): ElementContent {
  return h('header', [h('p', { className: 'scenario' }, subject), h('h1', question)]);
}

export function headlineParagraph(sentence: string): ElementContent {
  return h('p', { className: 'headline' }, sentence);
}

/** What a reader must know before quoting the page; nothing where there is nothing to know. */
export function warningsPart(warnings: readonly string[]): ElementContent[] {
  if (warnings.length === 0) return [];
  return [
    h('aside', { className: 'warnings', ariaLabel: 'Before you quote this' }, [
      h('p', [h('strong', 'Before you quote this:')]),
      h(
        'ul',
        warnings.map((warning) => h('li', warning)),
      ),
    ]),
  ];
}

/** The headings of the second level. */
export function titlesOf(blocks: readonly RootContent[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'heading' || block.depth !== 2) return [];
    return [toString(block)];
  });
}

/** A link to each of the headings. */
export function contents(titles: readonly string[]): ElementContent {
  return h('nav', { ariaLabel: 'Contents' }, [
    h(
      'ul',
      titles.map((title) => h('li', [h('a', { href: `#${slugOf(title)}` }, title)])),
    ),
  ]);
}

/** What a page that holds charts says of the sample that is pointed at. */
export function tip(): ElementContent {
  return h('div', { id: 'tip', role: 'status', hidden: true });
}

/** A chart that stands below a heading of the same words. */
export function untitled(chart: Chart): Chart {
  return { ...chart, spec: { ...chart.spec, title: '' } };
}
