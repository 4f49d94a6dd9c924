import { explain, wrongUsage } from '../common/explained-error.ts';
import { chooseLines, type ChosenLine } from './documented/full/choose.ts';
import { openTerminal, type Terminal } from './documented/full/terminal.ts';
import { typeLines, type TypedLine } from './documented/full/type-lines.ts';

const usage = `npm run test:pages                        what all pages have someone type: hours
npm run test:pages -- docs/handout.md     what these pages have someone type`;

/** How much of the output of a line that failed is shown. */
const linesShown = 30;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort();
  });
}

function show({ text, exitCode, tookMs, said }: TypedLine): void {
  const seconds = `${(tookMs / 1000).toFixed(1)} s`.padStart(9);
  console.log(`  ${exitCode === 0 ? 'ok    ' : 'FAILED'} ${seconds}  ${text}`);
  if (exitCode === 0) return;
  const end = said.trimEnd().split('\n').slice(-linesShown);
  console.log(
    [`ended with ${exitCode}; the end of what it said:`, ...end].map((line) => `      ${line}`).join('\n'),
  );
}

/** How many lines of a page failed. */
async function typePage(page: string, lines: readonly ChosenLine[], terminal: Terminal): Promise<number> {
  console.log(page);
  for (const { text, skipped } of lines) {
    if (skipped !== undefined) console.log(`  left out          ${text}: ${skipped}`);
  }
  await terminal.begin();
  let failed = 0;
  const typed = lines.filter(({ skipped }) => skipped === undefined).map(({ text }) => text);
  for await (const line of typeLines(typed, terminal)) {
    show(line);
    if (line.exitCode !== 0) failed += 1;
  }
  await terminal.endLabs();
  return failed;
}

async function typePages(pages: ReadonlyMap<string, readonly ChosenLine[]>): Promise<number> {
  const terminal = await openTerminal();
  try {
    let failed = 0;
    for (const [page, lines] of pages) {
      if (!interruption.signal.aborted) failed += await typePage(page, lines, terminal);
    }
    return failed;
  } finally {
    await terminal.remove();
  }
}

try {
  const named = process.argv.slice(2);
  if (named.some((word) => word.startsWith('-'))) throw wrongUsage('it takes pages alone', `\n${usage}`);
  const failed = await typePages(chooseLines(named));
  console.log(failed === 0 ? 'every line that was typed worked' : `${failed} failed`);
  if (failed > 0) process.exitCode = 1;
  if (interruption.signal.aborted) process.exitCode = 130;
} catch (error) {
  console.error(explain(error));
  process.exitCode = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
}
