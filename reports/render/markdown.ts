import type { BlockContent, PhrasingContent, RootContent, TableCell } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { u } from 'unist-builder';

type Inline = string | PhrasingContent;

function phrasing(content: readonly Inline[]): PhrasingContent[] {
  return content.map((part) => (typeof part === 'string' ? u('text', part) : part));
}

export function heading(depth: 1 | 2 | 3, text: string): RootContent {
  return u('heading', { depth }, [u('text', text)]);
}

export function paragraph(...content: Inline[]): BlockContent {
  return u('paragraph', phrasing(content));
}

export function strong(text: string): PhrasingContent {
  return u('strong', [u('text', text)]);
}

/** Code within a sentence; Markdown can't hold an empty one, so that a dash stands for it. */
export function inlineCode(text: string): PhrasingContent {
  return text === '' ? u('text', '–') : u('inlineCode', text);
}

export function link(url: string, text = url): PhrasingContent {
  return u('link', { url }, [u('text', text)]);
}

export function codeBlock(language: string, text: string): BlockContent {
  return u('code', { lang: language }, text);
}

export function image(path: string, alternative: string): BlockContent {
  return u('paragraph', [u('image', { url: path, alt: alternative })]);
}

export function bulletList(items: readonly (readonly Inline[])[]): BlockContent {
  const listItems = items.map((item) => u('listItem', { spread: false }, [paragraph(...item)]));
  return u('list', { ordered: false, spread: false }, listItems);
}

export function quote(...blocks: BlockContent[]): BlockContent {
  return u('blockquote', blocks);
}

/** A table; a sentence in its place where it would have no rows. */
export function table(
  headers: readonly string[],
  rows: readonly (readonly Inline[])[],
  ifEmpty: string,
): BlockContent {
  if (rows.length === 0) return paragraph(ifEmpty);
  const cells = [headers, ...rows].map((row) =>
    row.map((cell): TableCell => u('tableCell', phrasing([cell]))),
  );
  return u(
    'table',
    cells.map((row) => u('tableRow', row)),
  );
}

/** Blocks that a reader opens by a click on their summary. */
export function collapsed(summary: string, ...blocks: readonly BlockContent[]): RootContent[] {
  const escaped = summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [u('html', `<details>\n<summary>${escaped}</summary>`), ...blocks, u('html', '</details>')];
}

/** The text of a document, with everything escaped that Markdown would read as markup. */
export function markdownText(content: readonly RootContent[]): string {
  return toMarkdown(u('root', [...content]), {
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    bullet: '-',
    emphasis: '_',
    rule: '-',
    listItemIndent: 'one',
  });
}
