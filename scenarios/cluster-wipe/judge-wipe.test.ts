import test from 'ava';
import { leftOutReason } from '../../reports/record/left-out.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { nextState, nothingKnown } from '../runner/cluster-state.ts';
import { namesByApplication } from './follow-rebuild.ts';
import { judgeWipe } from './judge-wipe.ts';

type Fact<Member> = Member extends unknown ? Omit<Member, 'engine' | 'trial' | 'iteration'> : never;

const limits = { loadPerCore: 4, stealShare: 0.1, heldUpMs: 250 };
const rules = { limits, applicationsOf: () => 2 };
const revision = 'c0ffee';
const [first = [], second = []] = namesByApplication(2);

function placed(facts: readonly Fact<Observation>[]): Observation[] {
  return facts.map((fact): Observation => ({ ...fact, engine: 'flux', trial: 1, iteration: 1 }));
}

function object(
  atMs: number,
  name: string,
  isReady = true,
  differsFromGit: string[] = [],
): Fact<Observation> {
  return {
    atMs,
    type: 'object',
    event: 'ADDED',
    object: name,
    uid: `${name} at ${atMs}`,
    generation: 1,
    resourceVersion: '1',
    isTerminating: false,
    differsFromGit,
    isReady,
    summary: '',
  };
}

function engine(atMs: number, isSettled: boolean): Fact<Observation> {
  return {
    atMs,
    type: 'engine',
    revision: isSettled ? revision : '',
    isWorking: !isSettled,
    isSettled,
    hasDetected: !isSettled,
    attempts: 0,
    hasGivenUp: false,
    hasFailed: false,
    summary: '',
  };
}

const compared: Fact<Observation> = {
  atMs: 9100,
  type: 'compared',
  objects: 26,
  differing: [],
  missing: [],
  extra: [],
  leftOut: [],
};

/** Before the loss: all is well. The loss is at 1000. */
const loss: readonly Fact<Observation>[] = [
  {
    atMs: 0,
    type: 'revision',
    revision,
    disturbance: 'apps-2',
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  },
  ...[...first, ...second].map((name) => object(10, name)),
  engine(20, true),
  { atMs: 30, type: 'steady', revision, phaseMs: 0 },
  { atMs: 40, type: 'disturbing', disturbance: 'apps-2', kind: 'measured' },
  { atMs: 1000, type: 'disturbed', what: 'gone', revision },
];

const rebuilt: readonly Fact<Observation>[] = [
  { atMs: 2000, type: 'reached', what: 'api-server' },
  { atMs: 3000, type: 'reached', what: 'control-plane' },
  engine(3500, false),
  { atMs: 4000, type: 'reached', what: 'engine' },
  ...first.map((name) => object(5000, name)),
  ...second.map((name) => object(6000, name, !name.startsWith('Deployment'))),
  object(7000, 'Deployment/app-02'),
  engine(8000, true),
];

const end: Fact<Observation> = { atMs: 9000, type: 'watched', end: 'recovered', reason: '' };

function judge(...facts: readonly Fact<Observation>[]) {
  return judgeWipe(nothingKnown, placed(facts), rules);
}

test('every time counts from the moment at which the data was gone', (t) => {
  const iteration = judge(...loss, ...rebuilt, end, compared);
  t.like(iteration, {
    verdict: 'valid',
    reason: '',
    disturbance: 'apps-2',
    disturbedAtMs: 1000,
    timeToDetectMs: 2500,
    timeToRestoreMs: 5000,
    timeToReadyMs: 6000,
    timeToSettleMs: 7000,
    watchedForMs: 8000,
  });
  t.like(iteration?.figures, {
    timeToApiServerMs: 1000,
    timeToControlPlaneMs: 2000,
    timeToEngineMs: 3000,
    timeToFirstApplicationMs: 4000,
    objectsCompared: 26,
    objectsDiffering: 0,
  });
});

test('what was there before the loss counts for nothing after it', (t) => {
  const iteration = judge(...loss, { ...end, end: 'timeout' });
  t.like(iteration, { verdict: 'censored', reason: 'not restored within 8.00 s', timeToRestoreMs: null });
});

test('a time is that from which on it held', (t) => {
  const relapse = [
    object(8500, 'ConfigMap/app-01', true, ['data.release']),
    object(8700, 'ConfigMap/app-01'),
  ];
  t.like(judge(...loss, ...rebuilt, ...relapse, end, compared), {
    timeToRestoreMs: 7700,
    timeToReadyMs: 7700,
  });
});

test('a cluster that is not the lost one makes the iteration invalid, and the first difference is the reason', (t) => {
  const differing = {
    ...compared,
    differing: [{ object: 'ConfigMap/app-01/app-01', paths: ['data.release'] }],
  };
  const iteration = judge(...loss, ...rebuilt, end, differing, compared);
  t.is(iteration?.verdict, 'invalid');
  t.regex(iteration?.reason ?? '', /in 1 of 26 objects: ConfigMap\/app-01\/app-01 in data\.release/);
  t.is(iteration?.figures['objectsDiffering'], 1);
  const missing = judge(...loss, ...rebuilt, end, { ...compared, missing: ['Pod/a'] });
  t.regex(missing?.reason ?? '', /Pod\/a is missing/);
});

test('a rebuilt cluster that nobody looked at is no proof', (t) => {
  t.like(judge(...loss, ...rebuilt, end), {
    verdict: 'invalid',
    reason: 'the rebuilt cluster was not held against the lost one',
  });
});

test('a loss before the steady state, a gap and a component that ended make it invalid', (t) => {
  const unready = loss.map((fact) => (fact.type === 'object' ? { ...fact, isReady: false } : fact));
  t.regex(judge(...unready, ...rebuilt, end, compared)?.reason ?? '', /^lost before the steady state: /);
  const gap: Fact<Observation> = { atMs: 5500, type: 'watch-gap', resource: '/api/v1/services' };
  t.regex(judge(...loss, gap, ...rebuilt, end, compared)?.reason ?? '', /services had a gap/);
  t.like(judge(gap, ...loss, ...rebuilt, end, compared), { verdict: 'valid' });
  const exit: Fact<Observation> = { atMs: 5500, type: 'component-exit', component: 'etcd' };
  t.is(judge(...loss, exit, ...rebuilt, end, compared)?.reason, 'etcd ended unexpectedly');
});

test('the state before the iteration counts for what is not told anew', (t) => {
  const known = placed(loss.slice(1, -3)).reduce(nextState, nothingKnown);
  const facts = [...loss.filter(({ type }) => type !== 'object'), ...rebuilt, end, compared];
  t.is(judgeWipe(known, placed(facts), rules)?.verdict, 'valid');
});

/** Noted at its end; it began at 9050. */
const pause: Fact<Observation> = {
  atMs: 60_000,
  type: 'announced',
  disturbance: 'apps-2',
  command: '',
  waitedMs: 50_950,
};
const busy = (atMs: number): Fact<Observation> => ({
  atMs,
  type: 'machine',
  wallTimeMs: atMs,
  loadAverage: 100,
  cores: 2,
  stealShare: 0,
  heldUpMs: 0,
});

test('what the machine did in a pause after all was measured says nothing of the times', (t) => {
  const gap: Fact<Observation> = { atMs: 30_000, type: 'watch-gap', resource: '/api/v1/services' };
  const late = { ...compared, atMs: 60_100 };
  const presented = [...loss, ...rebuilt, end, busy(9500), gap, pause, busy(60_050), late];
  t.deepEqual(judge(...presented), judge(...loss, ...rebuilt, end, late));
  t.is(judge(...presented)?.timesAreBounds, false);
  t.regex(judge(...loss, ...rebuilt, busy(8990), end, pause, late)?.reason ?? '', /too busy/);
  t.regex(judge(...loss, ...rebuilt, end, busy(9010), pause, late)?.reason ?? '', /too busy/);
});

test('one that was left out on stage is kept, and has no times', (t) => {
  const leftOut = {
    type: 'left-out',
    disturbance: 'apps-2',
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  } as const;
  t.like(judge(...loss.slice(0, -2), { ...leftOut, atMs: 50 }), {
    verdict: 'invalid',
    reason: leftOutReason,
    disturbedAtMs: null,
  });
});
