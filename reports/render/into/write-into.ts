import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { RecordedRun } from '../../record/reader.ts';
import { explainWriteFailure } from '../../record/write-failure.ts';
import type { Chart } from '../charts/chart.ts';
import { renderSvg } from '../charts/svg.ts';
import { gatherContent } from '../content.ts';
import { markdownText } from '../markdown.ts';
import { findPlace, writeIfOther, writePlace, type WrittenFile } from './document.ts';
import { resultsOf } from './markers.ts';
import { chartsOfPart, resultsPart } from './results-part.ts';

/** Beside the document. */
const chartDirectory = 'charts';

/**
 * Puts a run's results into a Markdown document, between the two markers of its scenario, and its charts beside it under names that
 * stay the same; all else in the document is left. A document that is not there is made. Throws an explained error where the document
 * does not have the markers, or something can't be written; nothing is changed then.
 */
export async function writeInto(document: string, run: RecordedRun): Promise<WrittenFile[]> {
  const { scenario, calibration } = run.results;
  if (calibration !== undefined) {
    throw new ExplainedError({
      what: 'a calibration has no results to put into a document',
      next: 'name a run of a scenario',
      exitCode: 2,
    });
  }
  const { name } = scenario;
  const nameOf = ({ fileName }: Chart): string => `${name}-${fileName}`;
  const subject = resultsOf(name);
  const place = await findPlace(document, subject, 'Results');
  const content = await gatherContent(run);
  const charts = chartsOfPart(content);
  const text = markdownText(resultsPart(content, (chart) => `${chartDirectory}/${nameOf(chart)}`));
  const directory = join(dirname(document), chartDirectory);
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw explainWriteFailure(error, directory);
  });
  const written: WrittenFile[] = [];
  for (const chart of charts)
    written.push(await writeIfOther(join(directory, nameOf(chart)), await renderSvg(chart)));
  written.unshift(await writePlace(document, subject, place, text));
  return [...written, ...(await removeOld(place.part, directory, name, charts.map(nameOf)))];
}

/** Removes the charts that the part showed before and does not show now. */
async function removeOld(
  part: string,
  directory: string,
  scenario: string,
  kept: readonly string[],
): Promise<WrittenFile[]> {
  const shown = [...part.matchAll(/\]\(charts\/([^)/]+\.svg)\)/g)].map(([, file = '']) => file);
  const old = shown.filter((file) => file.startsWith(`${scenario}-`) && !kept.includes(file));
  await Promise.all(old.map(async (file) => rm(join(directory, basename(file)), { force: true })));
  return old.map((file) => ({ path: join(directory, file), outcome: 'removed' }));
}
