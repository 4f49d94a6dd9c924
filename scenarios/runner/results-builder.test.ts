import test from 'ava';
import { WaitMeter } from '../../common/wait-meter.ts';
import type { StartedEngine } from '../../lab/engines/engine.ts';
import type { Lab } from '../../lab/lab.ts';
import { Results, type Iteration } from '../../reports/record/schema.ts';
import { driftRecovery } from '../drift-recovery.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { Profile } from '../profiles/profile.ts';
import { ResultsBuilder, type EarlierPart } from './results-builder.ts';

const [profile] = builtInProfiles;
const clock = { nowMs: () => 60_000, wallTime: () => new Date('2026-11-21T07:01:00Z') };
const engine: StartedEngine = {
  version: '2.9.5',
  installedBy: 'a test',
  workers: { applies: 'applier', reads: 'reader' },
  namespace: 'flux-system',
  statusTargets: [{ path: '/apis' }],
  openStatus: () => {
    throw new Error('nothing is read here');
  },
  requestSync: async () => Promise.resolve(),
  crash: async () => Promise.resolve(),
  readSettings: async () => Promise.resolve([]),
};
const lab = {
  fidelity: { provider: 'embedded', podsAreSimulated: true, podStartMs: 500, nodes: 1 },
  runtime: { kind: 'processes' },
} as Lab;

async function builder(earlier?: EarlierPart) {
  const disturbances = driftRecovery.disturbances.slice(0, 2);
  const request = {
    scenario: driftRecovery,
    disturbances,
    engines: ['flux', 'argocd'] as const,
    profile,
    iterations: 3,
    timeoutMs: 120_000,
    seed: 42,
    thresholds: ['flux.drift.*.timeToRestore.p95 < 30s'],
    outputRoot: 'runs',
    keepLab: false,
    commandLine: ['scenario', 'drift-recovery'],
  };
  const meter = new WaitMeter(clock);
  const startedAt = new Date('2026-11-21T07:00:00Z');
  return ResultsBuilder.create({
    request,
    tools: new Map(),
    clock,
    meter,
    startedAt,
    instrument: null,
    earlier,
  });
}

function iterationOf(name: Iteration['engine'], index: number): Iteration {
  return {
    index,
    engine: name,
    trial: 1,
    disturbance: 'delete-deployment',
    kind: 'measured',
    verdict: 'valid',
    reason: '',
    revision: '4f2cde',
    phase: 'random',
    phaseMs: 1,
    repeat: 0,
    attemptsBefore: 0,
    timesAreBounds: false,
    disturbedAtMs: 100,
    timeToDetectMs: 1,
    timeToRestoreMs: 2,
    timeToReadyMs: 3,
    timeToSettleMs: 4,
    figures: {},
    watchedForMs: 5,
  };
}

test('results hold to their schema from the first moment on', async (t) => {
  const built = (await builder()).build('interrupted', 'the run has not ended yet');
  t.deepEqual(Results.parse(built), built);
  t.like(built, {
    status: 'interrupted',
    startedAt: '2026-11-21T07:00:00.000Z',
    finishedAt: '2026-11-21T07:01:00.000Z',
    plan: {
      iterationsPerDisturbance: 3,
      warmupsPerTrial: 1,
      timeoutMs: 120_000,
      holdMs: 1000,
      thresholds: ['flux.drift.*.timeToRestore.p95 < 30s'],
    },
    provenance: { seed: 42, commandLine: ['scenario', 'drift-recovery'] },
  });
  t.deepEqual(
    built.scenario.disturbances.map(({ name }) => name),
    ['delete-deployment', 'delete-service'],
  );
});

test('engines and iterations stand in the order that was asked for, whichever came first', async (t) => {
  const results = await builder();
  const measures = { lab, controlPlaneMs: 4000, engineInstallMs: 9000 };
  const setting = { name: 'interval', value: '2s', readFrom: 'spec.interval' };
  const trials = [
    ['argocd', 1],
    ['flux', 1],
    ['flux', 2],
  ] as const;
  for (const [name, trial] of trials) {
    const disturbances = ['delete-deployment'];
    results.addTrial({ name, trial, disturbances, engine, settings: [setting], managed: measures });
  }
  results.addIteration(iterationOf('argocd', 1));
  results.addIteration(iterationOf('flux', 1));
  results.observe({
    type: 'usage',
    engine: 'flux',
    trial: 2,
    iteration: 1,
    atMs: 1,
    component: 'etcd',
    cpuSeconds: 1,
    memoryBytes: 9,
  });
  const built = results.build('complete', '');
  t.deepEqual(Results.parse(built), built);
  t.deepEqual(
    built.engines.map(({ engine: name, trials: own }) => [name, own.map(({ usage }) => usage.length)]),
    [
      ['flux', [0, 1]],
      ['argocd', [0]],
    ],
  );
  t.deepEqual(
    built.iterations.map(({ engine: name }) => name),
    ['flux', 'argocd'],
  );
  t.is(built.lab.podStartMs, 500);
});

test('the settings of the profile are kept whole, so that the run can be gone on with', async (t) => {
  const { settings } = (await builder()).build('complete', '').profile;
  t.deepEqual(Profile.parse(settings), profile);
});

test('a run that is gone on with keeps what it had, and says when it went on', async (t) => {
  const first = await builder();
  first.addTrial({
    name: 'flux',
    trial: 1,
    disturbances: ['delete-deployment'],
    engine,
    settings: [],
    managed: { lab, controlPlaneMs: 4000, engineInstallMs: 9000 },
  });
  const results = first.build('interrupted', 'stopped by the user');
  const second = await builder({ results, iterations: [iterationOf('flux', 1)] });
  second.addIteration(iterationOf('flux', 2));
  const built = second.build('complete', '');
  t.deepEqual(Results.parse(built), built);
  t.deepEqual(built.resumedAt, ['2026-11-21T07:00:00.000Z']);
  t.is(built.engines[0]?.trials[0]?.engineInstallMs, 9000);
  t.deepEqual(
    built.iterations.map(({ index }) => index),
    [1, 2],
  );
  t.true(built.cost.totalMs >= results.cost.totalMs);
});
