import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { u } from 'unist-builder';

interface PageParts {
  readonly title: string;
  readonly description: string;
  /** Which styles and which program of `client/` it has. */
  readonly client: 'page' | 'slides';
  readonly body: readonly ElementContent[];
}

/** Nothing is loaded from anywhere, whatever a log line may hold. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

async function ownFile(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

/** Text as it stands, for what would be broken by escaping. */
function raw(value: string): ElementContent {
  return u('raw', value);
}

/** A page as text, with its styles and its program in it. */
export async function htmlPage({ title, description, client, body }: PageParts): Promise<string> {
  const [styles, program] = await Promise.all([
    ownFile(`client/${client}.css`),
    ownFile(`client/${client}.ts`),
  ]);
  const { code } = await transform(program, {
    loader: 'ts',
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
  });
  const page = u('root', [
    u('doctype'),
    h('html', { lang: 'en' }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'description', content: description }),
        h('title', title),
        h('style', [raw(styles)]),
      ]),
      h('body', [
        h('a', { className: 'skip', href: '#main' }, 'Skip to the answer'),
        h('main', { id: 'main' }, [...body]),
        h('script', [raw(code.replaceAll('</', '<\\/'))]),
      ]),
    ]),
  ]);
  return `${toHtml(page, { allowDangerousHtml: true })}\n`;
}
