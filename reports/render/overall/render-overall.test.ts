import test from 'ava';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOverall } from '../../record/overall.ts';
import { temporaryDirectory } from '../../testing/run-on-disk.ts';
import { recordOverall } from './overall-for-tests.ts';
import { renderOverall } from './render-overall.ts';

test('an overall report has the medians and features of its parts, and renders the same again', async (t) => {
  const { directory, complete } = await recordOverall(await temporaryDirectory(t));
  const { reportPath, pagePath, notices } = await renderOverall(directory);
  const text = await readFile(reportPath, 'utf8');
  const page = await readFile(pagePath, 'utf8');
  t.true(text.includes('**1 of 3 scenarios are complete, in 10 min 0 s.**'), text);
  t.regex(text, /\| edit-env \| not corrected \| \d+ ms \| Flux did not correct it \|/);
  t.regex(text, /edit-env \| no: not corrected within 5 min 0 s \(n = 6\) \| yes \(\d+ ms; n = 6\) \|/);
  t.true(text.includes(`(${complete}/report.md)`));
  t.true(text.includes('prune: failed. etcd ended'));
  t.true(text.includes('rollback: not begun.'));
  t.is(notices.length, 1);
  await renderOverall(directory);
  t.is(await readFile(reportPath, 'utf8'), text);
  t.is(await readFile(pagePath, 'utf8'), page);
});

test('the page of an overall run says what failed, what each scenario answers, and leads to its page', async (t) => {
  const { directory, complete } = await recordOverall(await temporaryDirectory(t));
  const { pagePath } = await renderOverall(directory);
  const page = await readFile(pagePath, 'utf8');
  const main = page.slice(page.indexOf('<main'));
  const places = [
    '1 of 3 scenarios are complete',
    'prune: failed. etcd ended',
    `<a href="${complete}/report.html">drift-recovery</a>`,
    'how fast',
    'class="lane"',
    'id="what-each-engine-can-do"',
    'id="parts"',
  ].map((part) => main.toLowerCase().indexOf(part.toLowerCase()));
  t.true(places.every((place) => place > 0));
  t.deepEqual(
    places.toSorted((left, right) => left - right),
    places,
  );
  t.regex(main, /<span>prune<\/span><span class="tag">failed<\/span><div class="reason">etcd ended</);
  t.regex(main, /<span>rollback<\/span><span class="tag">not begun</);
  t.notRegex(page, /report\.md|<(link|img|iframe|object)| src="/);
});

test('one form of the report alone is written where it is asked for', async (t) => {
  const { directory } = await recordOverall(await temporaryDirectory(t));
  await renderOverall(directory, { only: 'html' });
  t.deepEqual((await readdir(directory)).toSorted(), ['overall.json', 'report.html']);
  await renderOverall(directory, { only: 'markdown' });
  t.true((await readdir(directory)).includes('report.md'));
});

test('a damaged record of an overall run is explained', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(join(directory, 'overall.json'), '{"schemaVersion": 99}');
  await t.throwsAsync(readOverall(directory), { message: /is not as version 1 of an overall run demands/ });
});
