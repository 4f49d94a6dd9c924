import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test from 'ava';
import { makeUpRun } from '../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../testing/run-on-disk.ts';
import { featuresPage } from './features-page.ts';
import { markdownText } from './markdown.ts';

test('each row names the run that shows it, as a document finds it, and each run says its answer and how it came about', async (t) => {
  const root = await temporaryDirectory(t);
  const made = makeUpRun({ disturbances: ['edit-env'] });
  const directory = await recordRun(join(root, 'runs'), made);
  const text = markdownText(
    featuresPage([{ name: 'it', directory, results: made.results }], join(root, 'docs')),
  );
  const address = `../runs/drift-recovery/${basename(directory)}/results.json`;
  t.true(text.includes(`[drift-recovery, edit-env](${address})`), text);
  t.regex(text, /\| no: not corrected within 5 min 0 s \(n = 6\) \| yes \(\d+ ms; n = 6\) \|/);
  t.regex(text, /results\.json\): \*\*[^*]*Flux did not correct edit-env[^*]*\*\* Flux v/);
  t.regex(text, /profile \S+, on \d+ cores with a load of [\d.]+ at the start; `npm run/);
});

test('a run with a report is named by that, and one with a page that was made of it by the page', async (t) => {
  const root = await temporaryDirectory(t);
  const made = makeUpRun({ disturbances: ['edit-env'] });
  const directory = await recordRun(join(root, 'runs'), made);
  await writeFile(join(directory, 'report.md'), '');
  const page = () => markdownText(featuresPage([{ name: 'it', directory, results: made.results }], root));
  t.regex(page(), /\/report\.md\)/);
  await rm(join(directory, 'report.md'));
  await writeFile(join(directory, 'README.md'), '');
  t.regex(page(), /\/README\.md\)/);
  await rm(join(directory, 'README.md'));
  t.regex(page(), /\/results\.json\)/);
});
