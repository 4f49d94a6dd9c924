import test from 'ava';
import { comparisonCharts } from './comparison-charts.ts';
import { compare, made, moved } from './comparison-for-tests.ts';
import { comparisonPage } from './comparison-page.ts';
import type { RunComparison } from './analyse-comparison.ts';

async function pageOf(comparison: RunComparison): Promise<string> {
  return comparisonPage(comparison, comparisonCharts(comparison));
}

function rowsOf(page: string): string[] {
  return page.split('<tr><th scope="row">').slice(1);
}

test('the answer comes first, then what limits it, then each change, charts, and what the runs were made with', async (t) => {
  const page = await pageOf(
    compare(
      made(),
      made({
        seed: 2,
        change: moved(900),
        changeAll: (results) => ({ ...results, status: 'failed', statusReason: 'etcd ended' }),
      }),
    ),
  );
  const places = [
    'B against A: 1 regression (Argo CD after scale-to-zero: restore)',
    'B is not complete. It was failed: etcd ended.',
    '>REGRESSION<',
    'id="charts"',
    'id="what-was-compared"',
    'id="what-changed"',
    'id="method"',
  ].map((part) => page.indexOf(part, page.indexOf('<main')));
  t.true(places.every((place) => place > 0));
  t.deepEqual(
    places.toSorted((left, right) => left - right),
    places,
  );
});

test('a regression stands first, with its size, its interval and how sure it is', async (t) => {
  const [first = '', ...others] = rowsOf(
    await pageOf(compare(made(), made({ seed: 2, change: moved(900) }))),
  );
  t.true(first.startsWith('Argo CD, scale-to-zero'));
  t.regex(
    first,
    /class="verdict alarm">REGRESSION<.*B − A: \d+ ms \[\d+ ms to .*\], p .*8 against 8 iterations/,
  );
  t.true(others.every((row) => !row.includes('alarm')));
  t.is(others.filter((row) => row.includes('Time to restore')).length, 5);
});

test('what only another time tells has a row, too', async (t) => {
  const slower = made({
    seed: 2,
    change: (iteration) =>
      iteration.engine === 'argocd' && iteration.disturbance === 'edit-env'
        ? { ...iteration, timeToSettleMs: (iteration.timeToSettleMs ?? 0) + 5000 }
        : iteration,
  });
  const [first = ''] = rowsOf(await pageOf(compare(made(), slower)));
  t.regex(first, /^Argo CD, edit-env.*Time to settle.*REGRESSION/);
});

test('with too few iterations nothing is called a regression', async (t) => {
  const page = await pageOf(
    compare(made({ iterations: 3 }), made({ seed: 2, iterations: 3, change: moved(900) })),
  );
  t.regex(page, /no regression is shown.*with not enough data/);
  t.notRegex(page, /REGRESSION|class="verdict alarm"/);
});

test('between labs of different kinds nothing is better or worse', async (t) => {
  const page = await pageOf(
    compare(
      made(),
      made({
        seed: 2,
        change: moved(900),
        changeAll: (results) => ({ ...results, lab: { ...results.lab, provider: 'kind' } }),
      }),
    ),
  );
  t.regex(page, /is about fidelity/);
  t.true(page.includes('id="how-far-one-lab-stands-for-the-other"'));
  t.notRegex(page, /REGRESSION|class="verdict alarm"/);
});

test('each of several runs has its own table of changes', async (t) => {
  const page = await pageOf(compare(made(), made({ seed: 2 }), made({ seed: 3 })));
  t.true(page.includes('What changed from A to B and C?'));
  t.regex(page, /<caption>B against A: .*<caption>C against A: /s);
});

test('every link leads to a heading, every chart says what it shows, and nothing is loaded', async (t) => {
  const page = await pageOf(compare(made(), made({ seed: 2, change: moved(900) })));
  const targets = [...page.matchAll(/<a href="([^"]+)">/g)].map(([, target]) => target ?? '');
  t.true(targets.length > 3);
  for (const target of targets) t.true(page.includes(` id="${target.slice(1)}"`), target);
  const labels = [...page.matchAll(/<svg role="img" aria-label="([^"]+)"/g)].map(([, label]) => label ?? '');
  t.is(labels.length, 2);
  t.true(labels.every((label) => label.includes('Argo CD')));
  t.notRegex(page, /(src|href)="(?!#)|<(link|img|iframe|object)/);
});

test('a chart has no ground of its own that would be bright on a dark page', async (t) => {
  const page = await pageOf(compare(made(), made({ seed: 2, change: moved(900) })));
  t.notRegex(page, /fill="(white|#dddddd)"/);
});
