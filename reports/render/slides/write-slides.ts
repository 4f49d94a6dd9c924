import { join } from 'node:path';
import { writeAtomically } from '../../record/atomic-file.ts';
import type { ReportContent } from '../content.ts';
import { runTitle } from '../names.ts';
import { deckOf } from './deck.ts';
import { powerpointOf } from './powerpoint.ts';
import { slidesPage } from './slides-page.ts';

/** Writes slides.html and slides.pptx beside the report; a calibration has none. Throws an explained error where they can't be written. */
export async function writeSlides(content: ReportContent): Promise<void> {
  const slides = deckOf(content);
  if (slides.length === 0) return;
  const { results, directory } = content.run;
  const title = runTitle(results);
  await writeAtomically(join(directory, 'slides.html'), await slidesPage(slides, title));
  const powerpoint = await powerpointOf(slides, title, new Date(results.finishedAt));
  await writeAtomically(join(directory, 'slides.pptx'), powerpoint);
}
