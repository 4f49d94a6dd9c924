import test, { type ExecutionContext } from 'ava';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeUpRun } from '../reports/testing/made-up-run.ts';
import { recordRun } from '../reports/testing/run-on-disk.ts';
import { makeCheckout } from './documented/checkout.ts';
import { documented, documentedLines } from './documented/pages.ts';
import { endingByItself, startTyped } from './documented/typing.ts';
import { makePlace } from './support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const minutes = 60_000;

/** A made-up run that began so many days after the others. */
function runOfDay(day: number, iterationsPerDisturbance: number): ReturnType<typeof makeUpRun> {
  const disturbances = ['delete-deployment', 'scale-to-zero'];
  const run = makeUpRun({ disturbances, iterationsPerDisturbance });
  const startedAt = new Date(Date.parse(run.results.startedAt) + day * 24 * 60 * minutes).toISOString();
  return { ...run, results: { ...run.results, startedAt } };
}

/** One for all tests here, for the program is read anew from each. */
const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab typed '));
const checkout = path.join(directory, 'checkout');

async function record(below: string, day: number, iterations = 6): Promise<string> {
  return recordRun(path.join(checkout, below), runOfDay(day, iterations));
}

test.before('a checkout has the runs of which the pages speak', async () => {
  await makeCheckout(checkout);
  await record('machine-1', 1);
  await record('machine-2', 2);
  await cp(await record('first', 3), path.join(checkout, 'before'), { recursive: true });
  await cp(await record('second', 4), path.join(checkout, 'after'), { recursive: true });
  await record(path.join('reports', 'runs'), 5);
});

test.after.always(async () => rm(directory, { recursive: true, force: true }));

/** Types lines into a shell, each of which has to work; what they said. */
async function type(t: ExecutionContext, lines: readonly string[]): Promise<string> {
  const place = await makePlace(t);
  const { exitCode, all } = await startTyped(t, place, lines.map(endingByItself).join('\n'), checkout);
  t.is(exitCode, 0, all);
  return all;
}

test.serial(
  'the pages of results say what the data beside them says, and are compared as told',
  async (t) => {
    t.timeout(4 * minutes);
    const lines = documentedLines('docs/results.md', '');
    const own = lines.filter((line) => line.endsWith('/README.md'));
    t.is(own.length, 1);
    const runs = await readdir(path.join(root, 'docs', 'results'));
    const others = runs.filter((run) => run !== 'drift-recovery');
    const alike = others.flatMap((run) => own.map((line) => line.replaceAll('drift-recovery', run)));
    const said = await type(t, [...lines, ...alike]);
    t.is(said.match(/README\.md: not changed$/gm)?.length, runs.length, said);
    t.regex(said, /results\.md: not changed$/m);
    t.notRegex(said, /: (made|changed|removed)$/m);
    t.regex(said, /^B against A: /m);
    const text = await readFile(path.join(root, 'docs', 'results.md'), 'utf8');
    for (const run of runs) t.true(text.includes(`(results/${run}/README.md)`), run);
  },
);

test.serial('runs are rendered, explained, compared and merged as the page on reports says', async (t) => {
  t.timeout(3 * minutes);
  const said = await type(t, [
    ...documentedLines('docs/reports.md', "In a project's documentation"),
    ...documentedLines('docs/reports.md', 'Why an iteration took as long as it did'),
    ...documentedLines('docs/reports.md', 'Comparing runs'),
    ...documentedLines('docs/reports.md', 'Merging shards'),
    documented('npm run report -- RUN').replace('RUN', 'drift-recovery'),
    documented('npm run report -- features'),
    documented('npm run report -- latest --iteration flux/2'),
    documented('npm run report -- compare EMBEDDED-RUN KIND-RUN')
      .replace('EMBEDDED-RUN', './before')
      .replace('KIND-RUN', 'latest'),
    documented(
      "npm run report -- latest --threshold '*.drift.delete-deployment.timeToRestore.max < 2m' --threshold '*.drift.*.timeToRestore.count >= 6'",
    ),
  ]);
  t.regex(said, /docs\/RESULTS\.md: made/);
  t.regex(said, /^Flux, iteration 11: /m);
  t.regex(said, /^B against A: /m);
  t.regex(said, /This run is merged from 2 shards/);
  t.regex(said, /^\| Feature \| Flux \| Argo CD \| Shown by \|$/m);
  t.regex(said, /^thresholds: (\d+) of \1 held\.$/m);
  t.regex(
    await readFile(path.join(checkout, 'docs', 'RESULTS.md'), 'utf8'),
    /results of drift-recovery begin/,
  );
});

test.serial('a run is shown again as the page on presentations says', async (t) => {
  t.timeout(3 * minutes);
  await record(path.join('reports', 'runs'), 6, 1);
  const said = await type(
    t,
    documentedLines('docs/presenting.md', 'Rehearse, and show it without a network'),
  );
  t.regex(said, /^REPLAY of drift-recovery, recorded /m);
});

test.serial('what there is to run is listed and planned', async (t) => {
  t.timeout(2 * minutes);
  const said = await type(t, [
    documented('npm run scenario'),
    documented('npm run scenario -- --scenarios docs/examples'),
    documented('npm run scenario all -- --dry-run'),
  ]);
  t.regex(said, /^guestbook /m);
  t.regex(said, /^drift-recovery /m);
});
