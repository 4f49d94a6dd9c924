import { join } from 'node:path';
import { writeAtomically } from '../../record/atomic-file.ts';
import { readOverall, type Overall } from '../../record/overall.ts';
import { markdownText } from '../markdown.ts';
import { overallHeadline, overallText } from './overall-text.ts';
import { readParts } from './parts.ts';

interface RenderedOverall {
  readonly overall: Overall;
  readonly reportPath: string;
  readonly headline: string;
  readonly notices: readonly string[];
}

/**
 * Writes report.md of the overall run in `directory` from its record and those of its parts alone, so that rendering again
 * gives the same bytes. Throws an explained error where the record can't be read or the report not written.
 */
export async function renderOverall(directory: string): Promise<RenderedOverall> {
  const overall = await readOverall(directory);
  const parts = await readParts(directory, overall);
  const reportPath = join(directory, 'report.md');
  await writeAtomically(reportPath, markdownText(overallText(overall, parts)));
  const notices = parts.map(({ notice }) => notice).filter((notice) => notice !== '');
  return { overall, reportPath, headline: overallHeadline(overall), notices };
}
