import test from 'ava';
import axe from 'axe-core';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { makePlace, patientProfile, startProgram, untilSaid } from './support.ts';
import { standInBrowser } from '../cli/view/browser-for-tests.ts';
import { documented } from './documented/pages.ts';
import { shortened, startTyped } from './documented/typing.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { startAtTerminal, withTerminals } from './terminals.ts';

const minutes = 60_000;

/** Without a browser, the summary says that these were skipped. */
const inBrowser = browserPath === undefined ? test.serial.skip : test.serial;

async function barriersOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
  );
}

inBrowser('a page shows both engines while a run goes on, and stays when it has ended', async (t) => {
  t.timeout(6 * minutes);
  const place = await makePlace(t);
  const flags = [
    '--only=delete-deployment',
    '--iterations=1',
    '--seed=5',
    `--profile=${await patientProfile(place, 'warmups: 0')}`,
    `--out=${place.runs}`,
  ];
  const command = shortened(documented('npm run scenario drift-recovery -- --view'), flags);
  const program = startTyped(t, place, command);
  let said = '';
  program.all.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await untilSaid(program, 'recording in');
  const [, url = ''] = /^(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/m.exec(said) ?? [];
  t.not(url, '', said);

  const browser = await launchBrowser();
  t.teardown(async () => browser.close());
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.setDefaultTimeout(4 * minutes);
  const asked: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  const sides = ['Flux', 'Argo CD'].map(async (name) =>
    page.getByRole('region', { name, exact: true }).getByText('since the disturbance').waitFor(),
  );
  await Promise.all(sides);

  // A page that comes late, on a phone; what axe adds to it is no part of its policy.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } });
  const late = await context.newPage();
  late.setDefaultTimeout(4 * minutes);
  await late.goto(url);
  await late.locator('.timeline li').first().waitFor();
  t.is(await late.evaluate('document.documentElement.scrollWidth'), 390);
  t.deepEqual(await barriersOf(late), [], 'while it goes on');

  const { exitCode } = await program;
  t.is(exitCode, 0, said);
  for (const one of [page, late]) {
    await one.getByRole('heading', { name: 'The run has ended: complete' }).waitFor();
    await one.getByText('nothing more comes').waitFor();
    t.regex((await one.locator('#ending code').textContent()) ?? '', /report\.html$/);
    t.true((await one.locator('.strip .mark').count()) >= 2, 'a mark for each engine');
  }
  t.deepEqual(await barriersOf(late), [], 'at the end');
  t.deepEqual([...new Set(asked)], [new URL(url).origin], 'nothing comes from elsewhere');
  t.deepEqual(problems, []);
});

test.serial('Ctrl-C ends a run with an open page at once, and the page says so', async (t) => {
  t.timeout(2 * minutes);
  const place = await makePlace(t);
  const program = startProgram(t, place, [
    'scenario',
    'drift-recovery',
    '--view',
    '--engine=flux',
    `--out=${place.runs}`,
  ]);
  let said = '';
  program.all.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await untilSaid(program, 'recording in');
  const url = /^http:\S+$/m.exec(said)?.[0] ?? '';
  const stream = await fetch(url.replace('/?', '/events?'));
  t.is(stream.status, 200);
  program.kill('SIGINT');
  t.regex(await stream.text(), /"status":"interrupted".*event: over/s);
  t.is((await program).exitCode, 130, said);
});

withTerminals(
  'on a desktop the page opens by itself, in the browser that the desktop is set to',
  async (t) => {
    t.timeout(2 * minutes);
    const place = await makePlace(t);
    const { environment, received } = await standInBrowser(t, 'cat');
    const words = ['scenario', 'drift-recovery', '--view', '--engine=flux', `--out=${place.runs}`];
    const { program } = startAtTerminal(t, place, words, { ...environment, SSH_CONNECTION: '' });
    await untilSaid(program, 'recording in');
    program.stdin.write('\u0003');
    const { exitCode, all } = await program;
    t.is(exitCode, 130, all);
    const [, url = ''] = /^(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)\r?$/m.exec(all) ?? [];
    t.is(await readFile(received, 'utf8'), url);
  },
);

test('what has no engines has nothing to be viewed', async (t) => {
  const place = await makePlace(t);
  const { exitCode, all } = await startProgram(t, place, ['scenario', 'calibrate', '--view']);
  t.is(exitCode, 2);
  t.regex(all, /--view has nothing to draw of this scenario/);
});

test('a plan with --view starts nothing', async (t) => {
  const place = await makePlace(t);
  const { exitCode, all } = await startProgram(t, place, [
    'scenario',
    'drift-recovery',
    '--view',
    '--dry-run',
  ]);
  t.is(exitCode, 0, all);
  t.notRegex(all, /http:/);
});
