import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { compare, made, moved } from '../reports/compare/comparison-for-tests.ts';
import { writeComparison } from '../reports/compare/write-comparison.ts';
import { recordOverall } from '../reports/render/overall/overall-for-tests.ts';
import { renderOverall } from '../reports/render/overall/render-overall.ts';
import { renderRun } from '../reports/render/report.ts';
import { browserPath, launchBrowser } from './browser.ts';

/** Without a browser, the summary says that these were skipped. */
const inBrowser = browserPath === undefined ? test.serial.skip : test.serial;

let browser: Browser;
/** The address of each page, by what it is of. */
const addresses = { run: '', comparison: '', series: '' };
let slides = '';
let root = '';

if (browserPath !== undefined) {
  test.before('a page and a browser', async () => {
    root = await mkdtemp(path.join(tmpdir(), 'gitops lab-'));
    const { directory, run } = await recordOverall(root);
    const { pagePath } = await renderRun(run);
    addresses.run = pathToFileURL(pagePath).href;
    const [compared = ''] = await writeComparison(
      compare(made(), made({ seed: 2, change: moved(900) })),
      path.join(root, 'comparison'),
    );
    addresses.comparison = pathToFileURL(compared).href;
    addresses.series = pathToFileURL((await renderOverall(directory)).pagePath).href;
    slides = pathToFileURL(path.join(path.dirname(pagePath), 'slides.html')).href;
    browser = await launchBrowser();
  });
  test.after.always('the browser ends', async () => {
    await browser.close();
    await rm(root, { recursive: true });
  });
}

async function openPage(
  options: Parameters<Browser['newPage']>[0] = {},
  address: string = addresses.run,
): Promise<Page> {
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

/** An A4 sheet between its margins, in CSS pixels. */
const sheetWidth = 718;

const pages = ['run', 'comparison', 'series'] as const;

for (const name of pages) {
  for (const [where, options] of Object.entries(looks)) {
    inBrowser(
      `${where} nothing is wider than the page of a ${name}, and nothing keeps people from reading it`,
      async (t) => {
        const page = await openPage(options, addresses[name]);
        await page.evaluate(
          "document.querySelectorAll('details').forEach((details) => { details.open = true; })",
        );
        t.is(await page.evaluate('document.documentElement.scrollWidth'), options.viewport.width);
        t.deepEqual(await barriersOf(page), []);
        t.true(await page.evaluate<boolean>('axe !== undefined'));
        await page.close();
      },
    );
  }

  inBrowser(`the page of a ${name} asks for nothing, and says nothing on the console`, async (t) => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(message.text()));
    page.on('pageerror', (error) => asked.push(error.message));
    await page.goto(addresses[name]);
    t.deepEqual(asked, [addresses[name]]);
    await page.close();
  });

  inBrowser(`on a sheet of paper nothing of the page of a ${name} is cut off`, async (t) => {
    const page = await openPage({ viewport: { width: sheetWidth, height: 1000 } }, addresses[name]);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    t.is(await page.evaluate('document.documentElement.scrollWidth'), sheetWidth);
    await page.close();
  });
}

inBrowser('what is wider than a phone is moved by the keyboard', async (t) => {
  const page = await openPage(looks['on a phone'], addresses.comparison);
  const wide = page.locator('.wide').last();
  await wide.focus();
  // On a busy machine a key can come before the page is drawn, and moves nothing then.
  while (!(await page.evaluate<boolean>('document.activeElement.scrollLeft > 0'))) {
    await page.keyboard.press('ArrowRight');
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
  }
  t.is(await page.evaluate('document.documentElement.scrollLeft'), 0);
  await page.close();
});

inBrowser('a scenario of a series leads to its own page, which lies beside it', async (t) => {
  const page = await openPage({}, addresses.series);
  await page.locator('.answer a').first().click();
  t.is(page.url(), addresses.run);
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
