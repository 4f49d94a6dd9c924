import { h } from 'hastscript';
import type { Element, ElementContent } from 'hast';
import type { Code, Heading, RootContent, Table } from 'mdast';
import { defaultHandlers, toHast, type Handlers } from 'mdast-util-to-hast';
import { toString } from 'mdast-util-to-string';
import { u } from 'unist-builder';

/** What has been drawn already, by the file names that sections show it under. */
export type Drawings = ReadonlyMap<string, ElementContent>;

/** What a heading is found by: `what-was-measured`. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function headersOf({ children: [first] }: Table): string {
  return (first?.children ?? [])
    .map((cell) => toString(cell))
    .filter(Boolean)
    .join(', ');
}

function handlers(drawings: Drawings): Handlers {
  return {
    heading: (state, node: Heading) =>
      h(`h${node.depth}`, { id: slugOf(toString(node)) }, state.all(node) as Element[]),
    // A table that is wider than the page is moved by itself, with the keyboard, too.
    table: (state, node: Table) =>
      h(
        'div',
        { className: 'wide', tabIndex: 0, role: 'group', ariaLabel: `Table: ${headersOf(node)}` },
        defaultHandlers.table(state, node),
      ),
    code: (_state, node: Code) => h('pre', { tabIndex: 0 }, [h('code', node.value)]),
    image: (_state, node: { url: string; alt?: string | null }) =>
      drawings.get(node.url.replace(/^charts\//, '')) ?? u('text', node.alt ?? ''),
  };
}

/** The blocks of a report as elements of a page; charts that they show as files are put in place. */
export function elementsOf(blocks: readonly RootContent[], drawings: Drawings = new Map()): ElementContent[] {
  const root = toHast(u('root', [...blocks]), {
    // What a reader opens by a click comes as two pieces of HTML, which `collapsed` has escaped.
    allowDangerousHtml: true,
    handlers: handlers(drawings),
  });
  return 'children' in root ? (root.children as ElementContent[]) : [];
}
