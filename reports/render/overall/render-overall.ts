import { join } from 'node:path';
import { writeAtomically } from '../../record/atomic-file.ts';
import { readOverall, type Overall } from '../../record/overall.ts';
import { isWritten } from '../formats.ts';
import { markdownText } from '../markdown.ts';
import type { RenderOptions } from '../render-options.ts';
import { overallPage } from './overall-page.ts';
import { overallHeadline, overallText } from './overall-text.ts';
import { readParts } from './parts.ts';

interface RenderedOverall {
  readonly overall: Overall;
  /** Of report.md. */
  readonly reportPath: string;
  /** Of report.html, the same for people. */
  readonly pagePath: string;
  readonly headline: string;
  readonly notices: readonly string[];
}

/**
 * Writes report.md and report.html of the overall run in `directory`, or only one of them, from its record and those of its parts alone, so
 * that rendering again gives the same bytes. Throws an explained error where the record can't be read or the report not written.
 */
export async function renderOverall(
  directory: string,
  { only, complete }: RenderOptions = {},
): Promise<RenderedOverall> {
  const overall = await readOverall(directory);
  const parts = await readParts(directory, overall, complete);
  const reportPath = join(directory, 'report.md');
  if (isWritten('markdown', only))
    await writeAtomically(reportPath, markdownText(overallText(overall, parts)));
  const pagePath = join(directory, 'report.html');
  if (isWritten('html', only)) await writeAtomically(pagePath, await overallPage(overall, parts));
  const notices = parts.map(({ notice }) => notice).filter((notice) => notice !== '');
  return { overall, reportPath, pagePath, headline: overallHeadline(overall), notices };
}
