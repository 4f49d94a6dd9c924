import test from 'ava';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Iteration, Prediction, Results } from '../../reports/record/schema.ts';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../reports/testing/run-on-disk.ts';
import { commitRemoval } from '../disturbances/by-commit.ts';
import { driftRecovery } from '../drift-recovery.ts';
import type { Scenario } from '../scenario.ts';
import { predictRun } from './predict-run.ts';

const settings: Readonly<Record<string, Results['engines'][number]['settings']>> = {
  flux: [{ name: 'Kustomization interval', value: '10s', readFrom: 'a test' }],
  argocd: [],
};

const line = {
  name: 'shop',
  reconcileID: 'a',
  ts: '2026-01-02T03:04:05.000Z',
  msg: 'server-side apply completed',
  output: { 'Service/shop/web': 'unchanged' },
};
const fluxLog = [
  line,
  { ...line, ts: '2026-01-02T03:04:05.100Z', msg: 'Reconciliation finished in 250ms, next run in 10s' },
];

async function predict(
  t: Parameters<typeof temporaryDirectory>[0],
  disturbances: string[],
  change: (iteration: Iteration) => Iteration = (iteration) => iteration,
  scenario: Pick<Scenario, 'application' | 'disturbances'> = driftRecovery,
): Promise<Prediction[]> {
  const { results, history } = makeUpRun({ disturbances, iterationsPerDisturbance: 3, change });
  const read = {
    ...results,
    engines: results.engines.map((record) => ({ ...record, settings: settings[record.engine] ?? [] })),
  };
  const directory = await recordRun(await temporaryDirectory(t), { results: read, history });
  const logs = path.join(directory, 'logs', 'flux');
  await mkdir(logs, { recursive: true });
  await writeFile(
    path.join(logs, 'kustomize-controller.log'),
    fluxLog.map((entry) => JSON.stringify(entry)).join('\n'),
  );
  return predictRun(directory, read, scenario);
}

function termOf(predictions: readonly Prediction[], engine: string, name: string) {
  const found = predictions.find((one) => one.engine === engine);
  return found?.terms.find((term) => term.name === name)?.spread;
}

test('each engine and disturbance is predicted, from settings, the log and the history of the run', async (t) => {
  const predictions = await predict(t, ['delete-service', 'delete-configmap', 'delete-namespace']);
  t.deepEqual(
    predictions.map(({ engine, disturbance, never }) => [engine, disturbance, never === null]),
    [
      ['flux', 'delete-service', true],
      ['flux', 'delete-configmap', true],
      ['flux', 'delete-namespace', true],
      ['argocd', 'delete-service', true],
      ['argocd', 'delete-configmap', true],
      ['argocd', 'delete-namespace', false],
    ],
  );
  t.deepEqual(termOf(predictions, 'flux', 'next reconciliation'), {
    kind: 'uniform',
    fromMs: 0,
    toMs: 10_000,
  });
  t.deepEqual(termOf(predictions, 'flux', 'work'), { kind: 'empirical', samplesMs: [150] });
});

test('a prediction never rests on the corrections that it is held against', async (t) => {
  const slow = (iteration: Iteration): Iteration =>
    iteration.disturbance === 'scale-up' && iteration.timeToRestoreMs !== null
      ? { ...iteration, timeToRestoreMs: iteration.timeToRestoreMs + 50_000, watchedForMs: 99_000 }
      : iteration;
  const longest = (predictions: Prediction[], disturbance: string): number => {
    const own = predictions.find((one) => one.engine === 'argocd' && one.disturbance === disturbance);
    const spread = own?.terms.find(({ name }) => name === 'operation')?.spread;
    return spread?.kind === 'empirical' ? Math.max(...spread.samplesMs) : NaN;
  };
  const predictions = await predict(t, ['edit-image', 'scale-up', 'edit-env'], slow);
  t.true(longest(predictions, 'scale-up') < 1000);
  t.true(longest(predictions, 'edit-env') > 50_000);
});

test('phases and attempts have predictions of their own; invalid iterations and warm-ups have none', async (t) => {
  const change = (iteration: Iteration): Iteration =>
    iteration.index === 2
      ? { ...iteration, phase: 'locked' }
      : iteration.index === 3
        ? { ...iteration, attemptsBefore: 1, verdict: 'invalid' }
        : iteration;
  const predictions = await predict(t, ['scale-up'], change);
  const flux = predictions.filter(({ engine }) => engine === 'flux');
  t.deepEqual(
    flux.map(({ phase, attemptsBefore }) => [phase, attemptsBefore]),
    [
      ['locked', 0],
      ['random', 0],
    ],
  );
  const locked = flux.find(({ phase }) => phase === 'locked');
  t.deepEqual(locked?.terms[0]?.spread, { kind: 'constant', ms: 10_000 });
});

test('what is done to Git is not predicted by models of drift', async (t) => {
  const disturbances = driftRecovery.disturbances.map((one) =>
    one.name === 'scale-up' ? commitRemoval('scale-up', 'Deployment/web') : one,
  );
  const scenario = { ...driftRecovery, disturbances };
  const predictions = await predict(t, ['scale-up', 'edit-env'], undefined, scenario);
  t.deepEqual([...new Set(predictions.map(({ disturbance }) => disturbance))], ['edit-env']);
});
