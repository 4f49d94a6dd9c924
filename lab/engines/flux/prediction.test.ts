import test from 'ava';
import { linesOf, meanOf, question, setting } from '../prediction-fixture.ts';
import type { PredictedTime, PredictionQuestion, Spread } from '../prediction.ts';
import type { EngineSetting } from '../setting.ts';
import { untilNextReconciliation } from './next-reconciliation.ts';
import { predictFlux } from './prediction.ts';
import { readReconciliationTimes } from './reconciliation-times.ts';

const matched = [
  setting('Kustomization interval', '2s'),
  setting('Kustomization retryInterval', '3s'),
  setting('kustomize-controller --interval-jitter-percentage', '5'),
];
const upstream = [
  setting('Kustomization interval', '10m0s'),
  setting('kustomize-controller --interval-jitter-percentage', '5'),
];

interface Reconciliation {
  readonly id: string;
  readonly startedAt: string;
  readonly appliedAfterMs: number;
  readonly output?: Readonly<Record<string, string>>;
  readonly finished?: string;
  readonly revision?: string;
  readonly name?: string;
}

/** The two lines that kustomize-controller writes of a reconciliation. */
function logOf(reconciliation: Reconciliation): string[] {
  const { id, startedAt, appliedAfterMs, finished = '300ms' } = reconciliation;
  const { output = { 'Deployment/shop/web': 'unchanged' }, revision = 'one', name = 'shop' } = reconciliation;
  const start = Date.parse(startedAt);
  const tookMs = finished === '300ms' ? 300 : 61_500;
  const common = { name, reconcileID: id, revision };
  return [
    {
      ...common,
      ts: new Date(start + appliedAfterMs).toISOString(),
      msg: 'server-side apply completed',
      output,
    },
    {
      ...common,
      ts: new Date(start + tookMs).toISOString(),
      msg: `Reconciliation finished in ${finished}, next run in 2s`,
    },
  ].map((line) => JSON.stringify(line));
}

const log = [
  'a line that is no JSON',
  ...logOf({ id: 'a', startedAt: '2026-01-02T03:04:05Z', appliedAfterMs: 180 }),
  ...logOf({
    id: 'b',
    startedAt: '2026-01-02T03:04:10Z',
    appliedAfterMs: 999,
    output: { 'Deployment/shop/web': 'configured', 'Service/shop/web': 'unchanged' },
  }),
  ...logOf({ id: 'c', startedAt: '2026-01-02T03:05:10Z', appliedAfterMs: 220, finished: '1m1.5s' }),
  ...logOf({ id: 'd', startedAt: '2026-01-02T03:06:10Z', appliedAfterMs: 5, name: 'flux-system' }),
];

async function predict(
  settings: readonly EngineSetting[],
  asked: Partial<PredictionQuestion>,
): Promise<PredictedTime> {
  const logLines = () => linesOf(log);
  const isChart = settings.some(({ name }) => name.startsWith('HelmRelease'));
  const [time] = await predictFlux([question(asked)], { application: 'shop', isChart, settings, logLines });
  if (time === undefined || time === null) throw new Error('nothing was predicted');
  return time;
}

function spreadOf(time: PredictedTime, term: string): Spread {
  const found = time.terms.find(({ name }) => name === term);
  if (found === undefined) throw new Error(`there is no term ${term}`);
  return found.spread;
}

test('as Flux is bootstrapped, the next reconciliation is uniform over ten minutes', async (t) => {
  const time = await predict(upstream, { phaseMaxMs: 600_000 });
  const spread = spreadOf(time, 'next reconciliation');
  const meanMs = meanOf(spread);
  t.true(Math.abs(meanMs - 300_000) < 5000, `${meanMs}`);
  if (spread.kind !== 'mixture') return t.fail(spread.kind);
  t.is(Math.max(...spread.ranges.map(({ toMs }) => toMs)) / 600_000, 1.0475);
});

const plain = { intervalMs: 2000, jitterShare: 0, reconciliationMs: 500 };

test('a phase that spans the interval leaves the rest of it, and a shorter one leaves its end', (t) => {
  const spread = (phaseMaxMs: number) => untilNextReconciliation({ ...plain, phaseMaxMs });
  t.deepEqual(spread(2000), { kind: 'uniform', fromMs: 0, toMs: 2000 });
  t.deepEqual(spread(500), { kind: 'uniform', fromMs: 1500, toMs: 2000 });
});

test('a phase longer than the interval goes on into the next one', (t) => {
  t.deepEqual(untilNextReconciliation({ ...plain, phaseMaxMs: 3000 }), {
    kind: 'mixture',
    ranges: [
      { fromMs: 0, toMs: 2000, weight: 2000 },
      { fromMs: 1500, toMs: 2000, weight: 500 },
    ],
  });
});

test('without a phase it is the interval with its jitter', async (t) => {
  const time = await predict(matched, { phaseMaxMs: 0 });
  t.deepEqual(spreadOf(time, 'next reconciliation'), { kind: 'uniform', fromMs: 1900, toMs: 2100 });
  t.deepEqual(untilNextReconciliation({ ...plain, phaseMaxMs: 0 }), { kind: 'constant', ms: 2000 });
});

test('the work is that of reconciliations that changed nothing, and so restored nothing', async (t) => {
  const time = await predict(matched, {});
  t.deepEqual(spreadOf(time, 'work'), { kind: 'empirical', samplesMs: [180, 220] });
  const times = await readReconciliationTimes(linesOf(log), 'shop');
  t.deepEqual(times.wholeMs, [300, 61_500]);
});

test('where every reconciliation changed something, the work is that of the first of each revision', async (t) => {
  const output = { 'Deployment/shop/web': 'configured' };
  const lines = ['one', 'one', 'two'].flatMap((revision, index) =>
    logOf({
      id: `${index}`,
      startedAt: '2026-01-02T03:04:05Z',
      appliedAfterMs: 100 + index,
      output,
      revision,
    }),
  );
  const times = await readReconciliationTimes(linesOf(lines), 'shop');
  t.deepEqual(times.untilAppliedMs, [100, 102]);
  t.is(times.which, 'applied a new revision');
});

test('a deleted namespace costs the wait of 60 seconds, the retry interval and the work twice', async (t) => {
  const time = await predict(matched, { removesNamespace: true, namespaceGoneMs: [5000, 6000, 9000] });
  t.deepEqual(
    time.terms.map(({ name }) => name),
    ['next reconciliation', 'wait for the namespace', 'retry', 'work', 'work, again'],
  );
  t.deepEqual(spreadOf(time, 'wait for the namespace'), { kind: 'constant', ms: 60_000 });
  t.deepEqual(spreadOf(time, 'retry'), { kind: 'constant', ms: 3000 });
});

test('with a long interval the namespace is mostly gone by then, and the wait is rare', async (t) => {
  const asked = { removesNamespace: true, namespaceGoneMs: [6000], phaseMaxMs: 600_000 };
  const settings = [setting('Kustomization interval', '10m0s')];
  const spread = spreadOf(await predict(settings, asked), 'next reconciliation');
  if (spread.kind !== 'mixture') return t.fail(spread.kind);
  const total = spread.ranges.reduce((sum, { weight }) => sum + weight, 0);
  const late = spread.ranges.filter(({ fromMs }) => fromMs >= 660_000);
  const share = late.reduce((sum, { weight }) => sum + weight, 0) / total;
  t.true(Math.abs(share - 0.01) < 0.001, `${share}`);
});

test('a chart is put back by the interval of its HelmRelease, and never where drift detection is off', async (t) => {
  const settings = [...matched, setting('HelmRelease interval', '10s')];
  t.regex((await predict(settings, { correctsDrift: false })).never?.why ?? '', /disabled.*corrects nothing/);
  const [wait, work] = (await predict(settings, { phaseMaxMs: 10_000 })).terms;
  t.is(wait?.name, 'next reconciliation');
  t.true(Math.abs(meanOf(wait?.spread ?? { kind: 'constant', ms: 0 }) - 5000) < 300);
  t.deepEqual(work?.spread, { kind: 'empirical', samplesMs: [200] });
});
