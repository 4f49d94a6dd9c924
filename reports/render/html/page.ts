import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { u } from 'unist-builder';

/** What a page looks like, and what it does. */
interface PageClient {
  /** Files of styles, in their order. */
  readonly styles: readonly URL[];
  /** The first file of its program. */
  readonly program: URL;
}

interface PageParts {
  readonly title: string;
  readonly description: string;
  readonly client: PageClient;
  /** What the first link leads to, such as `the answer`. */
  readonly mainPart?: string;
  /** The Content-Security-Policy for its program; unless it is given, one that has nothing loaded from anywhere. */
  readonly policyFor?: (program: string) => string;
  readonly body: readonly ElementContent[];
}

function ownClient(name: string, styles: readonly string[]): PageClient {
  const file = (path: string): URL => new URL(`client/${path}`, import.meta.url);
  return { styles: styles.map((one) => file(`${one}.css`)), program: file(`${name}.ts`) };
}

/** The clients of what is written to a file. */
export const clients = {
  page: ownClient('page', ['base', 'page', 'print']),
  slides: ownClient('slides', ['slides']),
} as const satisfies Record<string, PageClient>;

/** The colours and the type of all pages but slides. */
export const baseStyles = new URL('client/base.css', import.meta.url);

/** Nothing is loaded from anywhere, whatever a log line may hold. */
const fixedPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** Text as it stands, for what would be broken by escaping. */
function raw(value: string): ElementContent {
  return u('raw', value);
}

/** A program with all that it imports, as a browser takes it. */
async function bundle(program: URL): Promise<string> {
  const file = fileURLToPath(program);
  const { outputFiles } = await build({
    entryPoints: [file],
    // What esbuild says of files is said from there, the same on every machine.
    absWorkingDir: path.dirname(file),
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** A page as text, with its styles and its program in it. */
export async function htmlPage(parts: PageParts): Promise<string> {
  const { title, description, client, body, mainPart = 'the answer' } = parts;
  const { policyFor = () => fixedPolicy } = parts;
  const [program, ...styles] = await Promise.all([
    bundle(client.program),
    ...client.styles.map(async (file) => readFile(file, 'utf8')),
  ]);
  const script = program.replaceAll('</', '<\\/');
  const page = u('root', [
    u('doctype'),
    h('html', { lang: 'en' }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('meta', { httpEquiv: 'Content-Security-Policy', content: policyFor(script) }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'description', content: description }),
        h('title', title),
        h('style', [raw(styles.join(''))]),
      ]),
      h('body', [
        h('a', { className: 'skip', href: '#main' }, `Skip to ${mainPart}`),
        h('main', { id: 'main' }, [...body]),
        h('script', [raw(script)]),
      ]),
    ]),
  ]);
  return `${toHtml(page, { allowDangerousHtml: true })}\n`;
}
