import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError, exitCodes } from '../../common/explained-error.ts';
import type { Iteration, Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { temporaryDirectory } from '../testing/run-on-disk.ts';
import { analyseComparison, type RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';
import { changeSentence } from './change-words.ts';
import { comparisonJson } from './comparison-json.ts';
import { comparisonLines } from './comparison-lines.ts';
import { writeComparison } from './write-comparison.ts';

interface Made {
  readonly seed?: number;
  readonly iterations?: number;
  readonly disturbances?: readonly string[];
  readonly change?: (iteration: Iteration) => Iteration;
  readonly changeAll?: (results: Results) => Results;
}

function made({ seed = 1, iterations = 8, disturbances, change, changeAll }: Made = {}): Results {
  const { results } = makeUpRun({
    seed,
    iterationsPerDisturbance: iterations,
    ...(disturbances === undefined ? {} : { disturbances }),
    ...(change === undefined ? {} : { change }),
  });
  const startedAt = new Date(Date.parse(results.startedAt) + seed * 86_400_000).toISOString();
  return changeAll === undefined ? { ...results, startedAt } : changeAll({ ...results, startedAt });
}

function compare(...runs: readonly Results[]): RunComparison {
  return analyseComparison(
    runs.map((results, index) => ({ name: `run ${index}`, directory: `/runs/${index}`, results })),
    50,
  );
}

function changeOf(
  { changes }: RunComparison,
  wanted: Partial<Pick<Change, 'engine' | 'disturbance' | 'time'>>,
): Change {
  const { engine = 'argocd', disturbance = 'scale-to-zero', time = 'restore' } = wanted;
  const found = changes.find(
    (one) => one.engine === engine && one.disturbance === disturbance && one.time === time,
  );
  if (found === undefined) throw new Error(`there is no comparison of ${engine} ${disturbance} ${time}`);
  return found;
}

/** Argo CD's time to restore after scale-to-zero, moved. */
function moved(byMs: number): (iteration: Iteration) => Iteration {
  return (iteration) =>
    iteration.engine === 'argocd' && iteration.disturbance === 'scale-to-zero'
      ? { ...iteration, timeToRestoreMs: (iteration.timeToRestoreMs ?? 0) + byMs }
      : iteration;
}

function refusal(t: ExecutionContext, ...runs: readonly Results[]): ExplainedError | undefined {
  const error = t.throws(() => compare(...runs), { instanceOf: ExplainedError });
  t.is(error.exitCode, exitCodes.wrongUsage);
  return error;
}

test('what became slower beyond doubt is a regression, with its size and certainty', (t) => {
  const comparison = compare(made(), made({ seed: 2, change: moved(900) }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'regression');
  t.is(change.comparison.delta, 1);
  const sentence = changeSentence(change, comparison.selection.baseline);
  t.regex(
    sentence,
    /^REGRESSION: B took \d+ ms longer than A \(difference with 95 % from \d+ ms to \d+ ms\), \d\.\d\d times as long/,
  );
  t.regex(sentence, /Holm-corrected p < 0\.001, n 8 and 8\.$/);
  t.regex(
    comparison.headlines[0]?.sentence ?? '',
    /^B against A: 1 regression \(Argo CD after scale-to-zero: restore\)/,
  );
});

test('what became faster beyond doubt is an improvement', (t) => {
  const comparison = compare(made({ change: moved(900) }), made({ seed: 2 }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'improvement');
  t.regex(
    changeSentence(change, comparison.selection.baseline),
    /^improvement: B took \d+ ms shorter than A/,
  );
});

test('times of the same kind show no change, and the sentence does not call them equal', (t) => {
  const comparison = compare(made(), made({ seed: 2 }));
  const change = changeOf(comparison, { engine: 'flux' });
  t.is(change.verdict, 'noChangeShown');
  t.regex(changeSentence(change, comparison.selection.baseline), /That does not show that they are equal\./);
  t.false(comparison.changes.some(({ verdict }) => verdict === 'regression' || verdict === 'improvement'));
});

/** Every measured time of Argo CD to restore near a value, so that small differences show. */
function steady(valueMs: number): (iteration: Iteration) => Iteration {
  return (iteration) =>
    iteration.engine === 'argocd'
      ? { ...iteration, timeToRestoreMs: valueMs + (iteration.index % 7) }
      : iteration;
}

test('a difference that can be shown, but is within the practical minimum, is the same', (t) => {
  const comparison = compare(made({ change: steady(400) }), made({ seed: 2, change: steady(420) }));
  const change = changeOf(comparison, {});
  t.true((change.comparison.correctedP ?? 1) < 0.05);
  t.is(change.minimumMs, 50);
  t.is(change.verdict, 'same');
  t.regex(changeSentence(change, comparison.selection.baseline), /^the same, to within 50 ms/);
});

test('a shown difference below the minimum, whose interval goes beyond it, is named as small', (t) => {
  const wide = (baseMs: number) => (iteration: Iteration) => ({
    ...iteration,
    timeToRestoreMs: baseMs + (iteration.index % 8) * 15,
  });
  const comparison = compare(
    made({ disturbances: ['scale-to-zero'], iterations: 24, change: wide(400) }),
    made({ seed: 2, disturbances: ['scale-to-zero'], iterations: 24, change: wide(440) }),
  );
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'small');
  t.regex(changeSentence(change, comparison.selection.baseline), /Nothing below 50 ms is named a change/);
});

test('a tenth of the median is the minimum where that is more', (t) => {
  const comparison = compare(made({ change: steady(4000) }), made({ seed: 2, change: steady(4300) }));
  t.is(changeOf(comparison, {}).verdict, 'same');
  t.true(changeOf(comparison, {}).minimumMs > 390);
});

test('what is not corrected any more is a regression of at least the time watched', (t) => {
  const lost = (iteration: Iteration): Iteration =>
    iteration.engine === 'argocd'
      ? {
          ...iteration,
          verdict: 'censored',
          timeToDetectMs: null,
          timeToRestoreMs: null,
          timeToReadyMs: null,
          timeToSettleMs: null,
          watchedForMs: 300_000,
        }
      : iteration;
  const comparison = compare(made(), made({ seed: 2, change: lost }));
  const change = changeOf(comparison, {});
  t.is(change.verdict, 'regression');
  t.regex(
    changeSentence(change, comparison.selection.baseline),
    /B took more than \d min \d+ s longer than A .*medians not corrected in B and \d+ ms in A/,
  );
  t.is(changeOf(comparison, { engine: 'flux', disturbance: 'edit-env' }).verdict, 'neither');
});

test('with few iterations nothing is claimed, however large the difference', (t) => {
  const comparison = compare(made({ iterations: 4 }), made({ seed: 2, iterations: 4, change: moved(9000) }));
  t.true(comparison.changes.every(({ verdict }) => ['notEnoughData', 'neither'].includes(verdict)));
  const sentence = changeSentence(changeOf(comparison, {}), comparison.selection.baseline);
  t.regex(sentence, /^not enough data: n 4 and 4, and at least \d+ of each are needed/);
});

test('only what differs between the runs has a row; the rest is told in a line', (t) => {
  const tuned = made({
    seed: 2,
    changeAll: (results) => ({
      ...results,
      profile: { name: 'slower', settings: { ...results.profile.settings, intervalMs: 20_000 } },
      engines: results.engines.map((record) => ({ ...record, version: `${record.version}-rc` })),
    }),
  });
  const { properties, warnings } = compare(made(), tuned);
  t.deepEqual(
    properties.differing.map(({ name, values }) => [name, ...values]),
    [
      ['Started', '2026-01-03T03:04:05.000Z', '2026-01-04T03:04:05.000Z'],
      ['Seed', '1', '2'],
      ['Flux', 'v2.9.5', 'v2.9.5-rc'],
      ['Argo CD', 'v3.2.11', 'v3.2.11-rc'],
      ['Profile', 'matched', 'slower'],
      ['intervalMs', '10000', '20000'],
    ],
  );
  t.true(properties.same.includes('Lab (embedded)'));
  t.true(properties.same.includes('1 of 2 settings of the profile'));
  t.deepEqual(warnings, [
    'B was not tuned as A was (intervalMs): what changed may come from that, and not from the engines.',
  ]);
});

test('a machine that was busier is told of, since it may be what changed', (t) => {
  const loaded = (results: Results): Results => ({
    ...results,
    provenance: {
      ...results.provenance,
      machine: { ...results.provenance.machine, loadAverageAtStart: 5 },
    },
  });
  t.deepEqual(compare(made(), made({ seed: 2, changeAll: loaded })).warnings, [
    'The machine was busier when B began than when A did (load average on each core 2.5 against 0.2): what changed may come from that, and not from the engines.',
  ]);
});

test('of runs with other disturbances or engines, what they have in common is compared, and the rest told', (t) => {
  const { changes, warnings } = compare(
    made({ disturbances: ['scale-to-zero', 'edit-env'] }),
    made({ seed: 2, disturbances: ['scale-to-zero', 'scale-up'] }),
  );
  t.deepEqual([...new Set(changes.map(({ disturbance }) => disturbance))], ['scale-to-zero']);
  t.deepEqual(warnings, ['edit-env is left out: only A has it.', 'scale-up is left out: only B has it.']);
});

test('runs that can not be set side by side are refused with the reason', (t) => {
  const other = made({
    seed: 2,
    changeAll: (results) => ({ ...results, scenario: { ...results.scenario, name: 'rollback' } }),
  });
  t.regex(refusal(t, made(), other)?.message ?? '', /is a run of drift-recovery, and "run 1" of rollback/);
  t.regex(refusal(t, made(), made())?.message ?? '', /is the same run as/);
  t.regex(refusal(t, made())?.message ?? '', /one run alone/);
  const apart = refusal(
    t,
    made({ disturbances: ['scale-up'] }),
    made({ seed: 2, disturbances: ['edit-env'] }),
  );
  t.regex(apart?.message ?? '', /nothing|no engine and disturbance in common/);
});

const inKind = (results: Results): Results => ({
  ...results,
  lab: { provider: 'kind', podsAreSimulated: false, podStartMs: 0, nodes: 1 },
});

test('runs of different labs are about fidelity, with ratio and shift of each time', (t) => {
  const doubled = (iteration: Iteration): Iteration => ({
    ...iteration,
    timeToReadyMs: iteration.timeToReadyMs === null ? null : 2 * iteration.timeToReadyMs,
  });
  const comparison = compare(made(), made({ seed: 5, change: doubled, changeAll: inKind }));
  const [headline] = comparison.headlines;
  t.regex(
    headline?.sentence ?? '',
    /^B \(kind, real pods\) against A \(embedded, simulated pods\) is about fidelity/,
  );
  t.regex(headline?.details[2] ?? '', /^Time to ready: Flux \d\.\d\d times as long.*, shift \+.*; Argo CD/);
  const line = comparison.fidelity.find(({ engine, time }) => engine === 'argocd' && time === 'ready');
  t.is(line?.disturbances, 3);
  t.is(line?.ratios.length, 3);
  t.true((line?.medianRatio ?? 0) > 1.5);
  t.is(line?.different, 3);
  const sentences = comparison.changes.map((change) => changeSentence(change, comparison.selection.baseline));
  t.false(
    sentences.some((sentence) => sentence.includes('REGRESSION')),
    'nothing became worse between labs',
  );
});

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
    ['compare.md', 'charts/compare-difference.svg', 'charts/compare-restore.svg'].map(
      (name) => `new one/${name}`,
    ),
  );
  const before = await Promise.all(paths.map(async (path) => readFile(path, 'utf8')));
  const [text = '', difference = '', restore = ''] = before;
  t.regex(text, /^# drift-recovery: A, B side by side\n\n\*\*B against A: 1 regression/);
  t.regex(text, /\| Argo CD \| scale-to-zero \| 8 \| 8 \| \d+ ms \| 1\.\d+ s \|.*\| REGRESSION \|/);
  t.true(text.includes('- **Argo CD, scale-to-zero, time to restore**: REGRESSION: B took'));
  t.regex(difference, /Argo CD/);
  t.regex(restore, />Flux, A<.*>Flux, B</s);
  t.notRegex(before.join(), /NaN|undefined|\/runs\//);
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
