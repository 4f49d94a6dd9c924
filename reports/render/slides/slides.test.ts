import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { strFromU8, unzipSync } from 'fflate';
import { readRun } from '../../record/reader.ts';
import { madeUpCalibration } from '../../testing/made-up-calibration.ts';
import { makeUpRun } from '../../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../testing/run-on-disk.ts';
import { gatherContent } from '../content.ts';
import { deckOf, inParts } from './deck.ts';
import { powerpointOf } from './powerpoint.ts';
import { slidesPage } from './slides-page.ts';
import { writeSlides } from './write-slides.ts';

const madeAt = new Date('2026-01-02T03:12:09.500Z');

async function contentOf(t: Parameters<typeof temporaryDirectory>[0], run = makeUpRun()) {
  return gatherContent(await readRun(await recordRun(await temporaryDirectory(t), run)));
}

test('the slides go from the question over the result to what it means, each with what to say', async (t) => {
  const slides = deckOf(await contentOf(t));
  t.deepEqual(
    slides.map(({ kicker }) => kicker),
    [
      'drift-recovery',
      'The set-up',
      'What happened',
      'The result',
      'How sure is that?',
      'What it means',
      'See for yourself',
    ],
  );
  t.true(slides.every(({ notes }) => notes.length > 0));
  t.regex(slides[3]?.title ?? '', /^Argo CD restored faster than Flux/);
  t.is(slides[6]?.command, 'npm run scenario drift-recovery -- --seed 7');
});

test('no slide has more rows than can be read from the back', async (t) => {
  t.deepEqual(
    inParts(Array.from({ length: 9 }, (_, index) => index)).map(({ length }) => length),
    [5, 4],
  );
  t.deepEqual(inParts([]), []);
  const disturbances = Array.from({ length: 12 }, (_, index) => `disturbance-${index}`);
  const slides = deckOf(await contentOf(t, makeUpRun({ disturbances, engines: ['argocd'] })));
  const shown = slides.flatMap(({ bars = [] }) => bars.map(({ disturbance }) => disturbance));
  t.deepEqual(shown, disturbances);
  t.true(slides.every(({ bars = [], table = [] }) => bars.length <= 5 && table.length <= 6));
});

test('the file for powerpoint holds the figures and the notes, and no time of writing', async (t) => {
  const slides = deckOf(await contentOf(t));
  const bytes = await powerpointOf(slides, 'a title', madeAt);
  t.deepEqual(await powerpointOf(slides, 'a title', madeAt), bytes);
  const files = unzipSync(bytes);
  const names = Object.keys(files);
  t.is(names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).length, slides.length);
  const textOf = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  t.true(textOf('ppt/notesSlides/notesSlide4.xml').includes('Argo CD restored faster than Flux'));
  const chart = names.find((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name)) ?? '';
  t.regex(textOf(chart), /Flux: not corrected/);
  t.regex(textOf('docProps/core.xml'), />2026-01-02T03:12:09Z</);
});

test('what stands in the record is never taken for markup', async (t) => {
  const run = makeUpRun();
  const question = '<script>alert(1)</script> & "why"?';
  const hostile = { ...run, results: { ...run.results, scenario: { ...run.results.scenario, question } } };
  const slides = deckOf(await contentOf(t, hostile));
  const page = await slidesPage(slides, 'a title');
  t.is(page.replaceAll(/content="[^"]*"/g, '').split('<script').length - 1, 1);
  const files = unzipSync(await powerpointOf(slides, question, madeAt));
  const first = strFromU8(files['ppt/slides/slide1.xml'] ?? new Uint8Array());
  t.true(first.includes('&lt;script&gt;alert(1)&lt;/script&gt; &amp;'));
});

test('slides lie beside the report; a calibration has none', async (t) => {
  const content = await contentOf(t);
  await writeSlides(content);
  t.regex(await readFile(join(content.run.directory, 'slides.html'), 'utf8'), /^<!doctype html>/i);
  t.deepEqual(deckOf(await contentOf(t, madeUpCalibration())), []);
});
