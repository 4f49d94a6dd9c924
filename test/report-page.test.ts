import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { renderRun } from '../reports/render/report.ts';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun } from '../reports/testing/run-on-disk.ts';
import { browserPath, launchBrowser } from './browser.ts';

/** Without a browser, the summary says that these were skipped. */
const inBrowser = browserPath === undefined ? test.serial.skip : test.serial;

let browser: Browser;
let address = '';
let slides = '';
let root = '';

if (browserPath !== undefined) {
  test.before('a page and a browser', async () => {
    root = await mkdtemp(path.join(tmpdir(), 'gitops lab-'));
    const { pagePath } = await renderRun(await recordRun(root, makeUpRun()));
    address = pathToFileURL(pagePath).href;
    slides = pathToFileURL(path.join(path.dirname(pagePath), 'slides.html')).href;
    browser = await launchBrowser();
  });
  test.after.always('the browser ends', async () => {
    await browser.close();
    await rm(root, { recursive: true });
  });
}

async function openPage(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(address);
  return page;
}

/** What keeps people from reading a page, by the rules of axe. */
async function barriersOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
  );
}

const looks = {
  'on a light desktop': { viewport: { width: 1200, height: 900 } },
  'on a dark desktop': { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;

for (const [where, options] of Object.entries(looks)) {
  inBrowser(
    `${where} nothing is wider than the page, and nothing keeps people from reading it`,
    async (t) => {
      const page = await openPage(options);
      await page.evaluate(
        "document.querySelectorAll('details').forEach((details) => { details.open = true; })",
      );
      t.is(await page.evaluate('document.documentElement.scrollWidth'), options.viewport.width);
      await page.addScriptTag({ content: axe.source });
      const found = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))',
      );
      t.deepEqual(found, []);
      t.true(await page.evaluate<boolean>('axe !== undefined'));
      await page.close();
    },
  );
}

inBrowser('a page asks for nothing, and says nothing on the console', async (t) => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => asked.push(message.text()));
  page.on('pageerror', (error) => asked.push(error.message));
  await page.goto(address);
  t.deepEqual(asked, [address]);
  await page.close();
});

inBrowser('pointing at a sample shows its iteration, and a click opens it', async (t) => {
  const page = await openPage();
  const mark = page.locator('[data-mark^="Argo CD, iteration 5,"]').first();
  await mark.scrollIntoViewIfNeeded();
  await mark.hover();
  t.is(await page.locator('#tip').textContent(), await mark.getAttribute('data-mark'));
  t.is(await page.locator('#argocd-5[open]').count(), 0);
  await mark.click();
  t.true(await page.locator('#argocd-5 dl').isVisible());
  await page.close();
});

inBrowser('iterations are chosen by engine and verdict, and opened by the keyboard', async (t) => {
  const page = await openPage();
  await page.selectOption('select[name=engine]', 'Flux');
  await page.selectOption('select[name=verdict]', 'censored');
  t.is(await page.locator('#shown').textContent(), '6 of 38');
  t.is(await page.locator('details.iteration:visible').count(), 6);
  await page.locator('details.iteration:visible summary').first().focus();
  await page.keyboard.press('Enter');
  t.true(await page.locator('details.iteration[open] .timeline').isVisible());
  await page.close();
});

inBrowser('on paper, what can be opened is open, and the iterations are a list', async (t) => {
  const page = await openPage();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  t.is(await page.locator('details:not(.iteration):not([open])').count(), 0);
  t.is(await page.locator('details.iteration[open]').count(), 0);
  t.false(await page.locator('nav').isVisible());
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  t.true((await page.locator('details:not(.iteration):not([open])').count()) > 0);
  await page.close();
});

inBrowser(
  'slides are turned by keys, fit the screen, and show what to say when they are asked',
  async (t) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(slides);
    const shown = page.locator('section:visible');
    const count = await page.locator('section').count();
    for (let number = 1; number <= count; number += 1) {
      t.is(await shown.getAttribute('id'), `slide-${number}`);
      t.true(
        await page.evaluate<boolean>('document.documentElement.scrollHeight <= innerHeight'),
        `${number}`,
      );
      t.deepEqual(await barriersOf(page), [], `slide ${number}`);
      await page.keyboard.press('ArrowRight');
    }
    t.is(await shown.getAttribute('id'), `slide-${count}`, 'the last one stays');
    await page.keyboard.press('Home');
    t.is(await shown.getAttribute('id'), 'slide-1');
    t.false(await shown.locator('.notes').isVisible());
    await page.keyboard.press('n');
    t.true(await shown.locator('.notes').isVisible());
    await page.close();
  },
);
