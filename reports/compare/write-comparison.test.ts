import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { temporaryDirectory } from '../testing/run-on-disk.ts';
import { compare, made, moved } from './comparison-for-tests.ts';
import { comparisonJson } from './comparison-json.ts';
import { comparisonLines } from './comparison-lines.ts';
import { writeComparison } from './write-comparison.ts';

test('three runs are each held against the first', (t) => {
  const comparison = compare(made(), made({ seed: 2 }), made({ seed: 3, change: moved(900) }));
  t.deepEqual(
    comparison.headlines.map(({ sentence }) => sentence.slice(0, 28)),
    ['B against A: no regression i', 'C against A: 1 regression (A'],
  );
  const lines = comparisonLines(comparison);
  t.true(lines.some((line) => /^Argo CD +scale-to-zero +restore +8, 8 .*REGRESSION$/.test(line)));
});

test('the report has a table and a sentence for each change, its charts, and the same bytes each time', async (t) => {
  const directory = await temporaryDirectory(t);
  const comparison = compare(made(), made({ seed: 2, change: moved(900) }));
  const paths = await writeComparison(comparison, join(directory, 'new one'));
  t.deepEqual(
    paths.map((path) => path.slice(directory.length + 1)),
    ['compare.html', 'compare.md', 'charts/compare-difference.svg', 'charts/compare-restore.svg'].map(
      (name) => `new one/${name}`,
    ),
  );
  const before = await Promise.all(paths.map(async (path) => readFile(path, 'utf8')));
  const [page = '', text = '', difference = '', restore = ''] = before;
  t.regex(page, /<h1>What changed from A to B\?<\/h1>/);
  t.regex(text, /^# drift-recovery: A, B side by side\n\n\*\*B against A: 1 regression/);
  t.regex(text, /\| Argo CD \| scale-to-zero \| 8 \| 8 \| \d+ ms \| 1\.\d+ s \|.*\| REGRESSION \|/);
  t.true(text.includes('- **Argo CD, scale-to-zero, time to restore**: REGRESSION: B took'));
  t.regex(difference, /Argo CD/);
  t.regex(restore, />Flux, A<.*>Flux, B</s);
  t.notRegex([text, difference, restore].join(), /NaN|undefined|\/runs\//);
  await writeComparison(comparison, join(directory, 'new one'));
  t.deepEqual(await Promise.all(paths.map(async (path) => readFile(path, 'utf8'))), before);
});

test('for programs there are the figures of each change, and what bounds them', (t) => {
  const comparison = compare(made(), made({ seed: 2, change: moved(900) }));
  const { changes } = comparisonJson(comparison) as { changes: Record<string, unknown>[] };
  const change = changes.find(
    ({ engine, disturbance, time }) =>
      engine === 'argocd' && disturbance === 'scale-to-zero' && time === 'restore',
  );
  t.like(change, {
    run: 'B',
    verdict: 'regression',
    minimumMs: 50,
    cliffsDelta: 1,
    own: { n: 8, censored: 0 },
  });
  t.like(change?.['difference'], { relation: 'equal', low: { relation: 'equal' } });
});
