import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A command that a page has someone type. */
export interface DocumentedCommand {
  /** The page's path from the root. */
  readonly page: string;
  /** The heading of its section; empty above the first. */
  readonly section: string;
  readonly text: string;
  /** Whether it is a line of a block, and not a part of a sentence. */
  readonly isLine: boolean;
}

/** The text of README.md and of every page below docs/, by their paths. */
export function readPages(): ReadonlyMap<string, string> {
  const names = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .toSorted();
  const files = ['README.md', ...names.map((name) => path.join('docs', name))];
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

/** The contents of a page's code blocks that are in one of these languages. */
export function codeBlocks(page: string, languages: readonly string[]): string[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, language = '']) => languages.includes(language))
    .map(([, , code = '']) => code);
}

/** Whole commands between the lines. */
export function inlineCommands(page: string): string[] {
  const text = page.replace(/^```.*?^```$/gms, '');
  return [...text.matchAll(/`((?:[A-Z_]+=\S+ )?(?:np[mx]|gitops-lab) [^`\n]+)`/g)].map(
    ([, command = '']) => command,
  );
}

/** A page without what the program has written into it: the commands there are those of the runs that are kept beside it. */
function byPeople(page: string): string {
  return page.replace(/^<!-- gitops-lab: .* begin -->$.*?^<!-- gitops-lab: .* end -->$/gms, '');
}

function commandsOf(page: string, text: string): DocumentedCommand[] {
  return byPeople(text)
    .split(/^## /m)
    .flatMap((part, index) => {
      const section = index === 0 ? '' : (part.split('\n')[0] ?? '');
      const lines = codeBlocks(part, ['console', 'sh']).flatMap((code) => code.trim().split('\n'));
      return [
        ...lines.map((line) => ({ page, section, text: line, isLine: true })),
        ...inlineCommands(part).map((command) => ({ page, section, text: command, isLine: false })),
      ];
    });
}

/** Every command of the pages, in their order. */
export const documentedCommands: readonly DocumentedCommand[] = [...readPages()].flatMap(([page, text]) =>
  commandsOf(page, text),
);

/** A command that a test types, as a page has it. Throws where no page has it any more. */
export function documented(command: string): string {
  if (documentedCommands.some(({ text }) => text === command)) return command;
  throw new Error(`no page has anyone type "${command}" any more`);
}

/** What a section of a page has someone type, line by line; an empty name is that of what stands above the first. Throws where there is nothing. */
export function documentedLines(page: string, section: string): string[] {
  const own = documentedCommands.filter(
    (command) => command.page === page && command.section === section && command.isLine,
  );
  if (own.length === 0) throw new Error(`"${section}" of ${page} has no commands`);
  return own.map(({ text }) => text);
}
