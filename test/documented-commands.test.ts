import test from 'ava';
import { readClaims } from './documented/claims.ts';
import { notTyped } from './documented/not-typed.ts';
import { documentedCommands, type DocumentedCommand } from './documented/pages.ts';

/** Commands that differ in their number of iterations alone are one. */
function sameFor(command: string): string {
  return command.replace(/ --iterations \d+/, '').replace(/ --$/, '');
}

const claims = readClaims();
const byCommand = claims.filter((claim) => 'command' in claim);
const bySection = claims.filter((claim) => 'section' in claim);

/** The ways in which a command is run. */
function waysOf({ page, section, text, isLine }: DocumentedCommand): string[] {
  const isOne = (command: string): boolean => sameFor(command) === sameFor(text);
  const isTested =
    byCommand.some(({ command }) => isOne(command)) ||
    (isLine && bySection.some((claim) => claim.page === page && claim.section === section));
  return [
    ...(isTested ? ['typed by a test'] : []),
    ...(notTyped.some(({ what }) =>
      typeof what === 'string' ? isOne(what) : isLine && what.page === page && what.section === section,
    )
      ? ['not typed']
      : []),
  ];
}

/** Where a section has the command, the sentences that repeat it need no other way. */
const linesTyped = new Set(
  documentedCommands
    .filter((command) => command.isLine && waysOf(command)[0] === 'typed by a test')
    .map(({ text }) => sameFor(text)),
);

test('every command of the pages is run in one way, or has a reason why not', (t) => {
  t.true(documentedCommands.length > 150);
  const wrong = documentedCommands.flatMap((command) => {
    const ways = waysOf(command);
    const isCovered = ways.length === 1 || (ways.length === 0 && linesTyped.has(sameFor(command.text)));
    return isCovered ? [] : [`${command.page}: ${command.text}: ${ways.join(', ') || 'in none'}`];
  });
  t.deepEqual(wrong, []);
});

test('a command has one test that types it, and what is listed stands in a page', (t) => {
  const named = byCommand.map(({ command }) => command);
  t.deepEqual(
    named.filter((command, index) => named.indexOf(command) !== index),
    [],
    'typed by two tests',
  );
  const inPages = new Set(documentedCommands.map(({ text }) => text));
  const listed = [...named, ...notTyped.flatMap(({ what }) => (typeof what === 'string' ? [what] : []))];
  t.deepEqual(
    listed.filter((command) => !inPages.has(command)),
    [],
    'in no page any more',
  );
  const sections = new Set(documentedCommands.map(({ page, section }) => `${page}: ${section}`));
  const listedSections = [
    ...bySection,
    ...notTyped.flatMap(({ what }) => (typeof what === 'string' ? [] : [what])),
  ];
  t.deepEqual(
    listedSections.filter(({ page, section }) => !sections.has(`${page}: ${section}`)),
    [],
    'sections without commands',
  );
});

test('few commands are typed by nothing, each for a reason', (t) => {
  t.true(notTyped.length <= 20);
  for (const { why } of notTyped) t.regex(why, /\w.{10,}[^.]$/);
});
