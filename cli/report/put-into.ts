import { wrongUsage } from '../../common/explained-error.ts';
import type { ReportFormat } from '../../reports/render/formats.ts';
import type { WrittenFile } from '../../reports/render/into/document.ts';
import { completing } from './completing.ts';
import { resolveUserPath, shortPath, type Surroundings } from '../surroundings.ts';

interface DocumentOptions {
  readonly into?: string;
  readonly format?: ReportFormat;
  readonly iteration?: string;
  readonly threshold?: readonly unknown[];
}

/** Throws an explained error where `--into` is given with what it has no use for, or names no Markdown document. */
export function demandDocument({ into, format, iteration, threshold }: DocumentOptions): void {
  if (into === undefined) return;
  if (iteration !== undefined || threshold !== undefined) {
    const flag = iteration === undefined ? '--threshold' : '--iteration';
    throw wrongUsage(`--into has no use for ${flag}`, 'give each in a command of its own');
  }
  if (format !== undefined && format !== 'markdown')
    throw wrongUsage(`--into puts Markdown into a document, and no ${format}`, 'leave out --format');
  if (!/\.(md|markdown)$/i.test(into))
    throw wrongUsage(`--into ${into} is no Markdown document`, 'name a file that ends in .md');
}

const words = { new: 'made', changed: 'changed', same: 'not changed', removed: 'removed' } as const;

/** What came of a file, in a line. */
export function writtenLine({ path, outcome }: WrittenFile, surroundings: Surroundings): string {
  return `${shortPath(path, surroundings)}: ${words[outcome]}`;
}

/** Puts the results of the run in `directory` into a document, and says what came of each file. */
export async function putInto(directory: string, into: string, surroundings: Surroundings): Promise<void> {
  const { readRun } = await import('../../reports/record/reader.ts');
  const { writeInto } = await import('../../reports/render/into/write-into.ts');
  const run = await readRun(directory);
  const results = completing(surroundings.registry)(run.results);
  const written = await writeInto(resolveUserPath(into, surroundings), { ...run, results });
  const lines = [
    ...run.notices.map((notice) => `notice: ${notice}`),
    ...written.map((file) => writtenLine(file, surroundings)),
  ];
  surroundings.stdout.write(`${lines.join('\n')}\n`);
}
