import { execa } from 'execa';
import { wrongUsage } from '../../../common/explained-error.ts';
import { engine } from '../../node-engine.ts';
import { notTyped } from '../elsewhere.ts';
import { documentedCommands, type DocumentedCommand } from '../pages.ts';

/** A line of a page, with the reason where it is not typed here. */
export interface ChosenLine {
  readonly text: string;
  readonly skipped: string | undefined;
}

/** Pages whose lines are for a place of their own, and what types them there. */
const elsewhere: Readonly<Record<string, string>> = {
  'docs/install.md': 'test/install.test.ts types it, in a directory of a user',
  'docs/method.md': 'test/resume.test.ts types it, after an interruption',
  'docs/labs/existing.md': 'test/long/existing.test.ts types it, for a cluster of its own',
};

async function answers(program: string): Promise<boolean> {
  return !(await execa(program, ['--version'], { reject: false, stdin: 'ignore' })).failed;
}

/** What some lines need, by what stands in them. */
const needs = [
  {
    in: /--lab vagrant/,
    what: 'Vagrant, Docker and an image for nodes',
    isThere: engine !== undefined && (await answers('vagrant')),
  },
  {
    in: /--lab kind|docker |\breal$|node-image/,
    what: 'a container engine with an image for nodes',
    isThere: engine !== undefined,
  },
  { in: /--lab k3s/, what: 'the image of k3s', isThere: false },
  {
    in: /image-update/,
    what: 'programs that are handed over',
    isThere: (process.env['GITOPS_LAB_TOOLS'] ?? '') !== '',
  },
] as const;

function reasonToSkip({ page, section, text }: DocumentedCommand): string | undefined {
  const listed = notTyped.find(({ what }) =>
    typeof what === 'string' ? what === text : what.page === page && what.section === section,
  );
  if (listed !== undefined) return listed.why;
  if (/\b(?:NAME|ADDR|FILE|DIRECTORY)\b/.test(text))
    return 'a test puts something in for the word in capitals';
  return (
    elsewhere[page] ??
    needs.find((need) => !need.isThere && need.in.test(text))?.what.replace(/^/, 'it needs ')
  );
}

/** The lines of these pages, or of all, in their order. Throws an explained error where a page is named that has none. */
export function chooseLines(named: readonly string[]): ReadonlyMap<string, readonly ChosenLine[]> {
  const lines = documentedCommands.filter(({ isLine }) => isLine);
  const pages = [...new Set(lines.map(({ page }) => page))];
  const unknown = named.find((page) => !pages.includes(page));
  if (unknown !== undefined)
    throw wrongUsage(`"${unknown}" is no page with commands`, `these are: ${pages.join(', ')}`);
  const chosen = named.length === 0 ? pages : pages.filter((page) => named.includes(page));
  return new Map(
    chosen.map((page) => [
      page,
      lines
        .filter((line) => line.page === page)
        .map((line) => ({ text: line.text, skipped: reasonToSkip(line) })),
    ]),
  );
}
