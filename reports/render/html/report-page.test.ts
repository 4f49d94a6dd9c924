import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { madeUpCalibration } from '../../testing/made-up-calibration.ts';
import { makeUpRun, type MadeUpRun } from '../../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../testing/run-on-disk.ts';
import { renderRun } from '../report.ts';

async function pageOf(t: ExecutionContext, run: MadeUpRun): Promise<string> {
  const { pagePath } = await renderRun(await recordRun(await temporaryDirectory(t), run));
  return readFile(pagePath, 'utf8');
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

test('the answer comes first, then charts, then every iteration, then the method and where it comes from', async (t) => {
  const page = await pageOf(t, makeUpRun());
  const headings = [...page.matchAll(/<h[12][^>]*>(.*?)<\/h[12]>/g)].map(([, text]) => text?.split(',')[0]);
  t.deepEqual(headings, [
    'How fast',
    'Charts',
    'What was measured',
    'Results',
    'What each engine can do',
    'Prediction',
    'Every iteration',
    'Method',
    'How to repeat it',
    'Machine and provenance',
    'Effective configuration',
    'Resource use',
    'What the run cost',
  ]);
  t.true(page.indexOf('Argo CD restored faster than Flux after 2 of 3') < page.indexOf('<h2'));
  t.true(page.indexOf('Pods are simulated') < page.indexOf('<h2'));
});

test('each link of the contents leads to a heading', async (t) => {
  const page = await pageOf(t, makeUpRun());
  const targets = [...page.matchAll(/<a href="#([^"]+)">/g)].map(([, id]) => id ?? '');
  t.true(targets.length > 8);
  for (const id of targets) t.is(countOf(page, ` id="${id}"`), 1, id);
});

test('the answer has a bar for each engine, and says how sure each row is', async (t) => {
  const page = await pageOf(t, makeUpRun());
  const table = page.slice(page.indexOf('<table class="answer"'), page.indexOf('</table>'));
  t.is(countOf(table, 'class="bar'), 6);
  t.is(countOf(table, 'class="bar open"'), 1, 'Flux does not correct edit-env');
  t.is(countOf(table, '6 against 6 iterations'), 3);
  t.regex(table, /p = 0\.\d{3}/);
});

test('what the question sets against each other stands before the engines, with a bar for each', async (t) => {
  const run = makeUpRun();
  const contrast = {
    of: 'scale-to-zero',
    against: 'delete-deployment',
    when: 'When scaled',
    did: 'was back',
  };
  const scenario = { ...run.results.scenario, contrasts: [contrast] };
  const page = await pageOf(t, { ...run, results: { ...run.results, scenario } });
  const [, first = '', second = ''] = page.split(/<table class="answer[^"]*"/);
  t.true(page.includes('No difference between scale-to-zero and delete-deployment was shown for Flux'));
  t.regex(first, /scale-to-zero against delete-deployment, within each engine/);
  t.is(countOf(first, 'class="bar'), 4);
  t.is(countOf(second, 'class="bar'), 6);
  t.true(page.includes('The question sets disturbances against each other'), 'the method says it');
});

test('every iteration is there, and each sample of a chart names its own', async (t) => {
  const run = makeUpRun();
  const page = await pageOf(t, run);
  for (const { engine, index } of run.results.iterations) t.is(countOf(page, ` id="${engine}-${index}"`), 1);
  const measured = run.results.iterations.filter(({ kind }) => kind === 'measured');
  const marks = [...page.matchAll(/data-mark="(Flux|Argo CD), iteration (\d+), /g)];
  t.true(marks.length > measured.length);
  t.is(new Set(marks.map(([, engine, index]) => `${engine} ${index}`)).size, measured.length);
});

test('nothing is loaded from elsewhere, and nothing is defined twice', async (t) => {
  const page = await pageOf(t, makeUpRun());
  t.notRegex(page, /(src|href)="(?!#|https:\/\/)/);
  t.notRegex(page, /<(link|img|iframe|object)/);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.is(new Set(ids).size, ids.length);
});

test('what a log or an error says is never taken for markup', async (t) => {
  const reason = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
  const run = makeUpRun({ change: (iteration) => ({ ...iteration, verdict: 'invalid', reason }) });
  const page = await pageOf(t, run);
  t.is(countOf(page, '<script'), 1);
  t.notRegex(page, /<img/);
  t.true(page.includes('alert(1)'));
});

test('a calibration has a page, too', async (t) => {
  const page = await pageOf(t, madeUpCalibration());
  t.regex(page, /<h1[^>]*>calibrate/);
  t.is(countOf(page, '<svg'), 1);
});

test('a run without a valid iteration has a page that says so', async (t) => {
  const run = makeUpRun({ iterationsPerDisturbance: 0 });
  const page = await pageOf(t, { ...run, results: { ...run.results, iterations: [] } });
  t.regex(page, /Not enough data/);
  t.notRegex(page, /class="answer"/);
});

test('the page lies beside the other files of the run', async (t) => {
  const directory = await recordRun(await temporaryDirectory(t), makeUpRun());
  t.is((await renderRun(directory)).pagePath, join(directory, 'report.html'));
});
