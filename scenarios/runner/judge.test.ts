import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { driftRecovery } from '../drift-recovery.ts';
import type { Figure, Scenario } from '../scenario.ts';
import { engineAt, factAt, objectAt, revision, steadyFacts } from '../testing/facts.ts';
import {
  before,
  committed,
  detected,
  disturbance,
  disturbing,
  judge,
  pushed,
  ready,
  restored,
  rules,
  start,
  watched,
  web,
  whole,
  withFact,
} from '../testing/judged-facts.ts';
import { judgeHistory, judgeIteration, objectNames } from './judge.ts';

test('an iteration that passes every gate is valid, with its exact times', (t) => {
  t.deepEqual(judge(whole), {
    index: 1,
    engine: 'flux',
    trial: 1,
    disturbance,
    kind: 'measured',
    verdict: 'valid',
    reason: '',
    revision,
    phase: 'random',
    phaseMs: 30,
    repeat: 0,
    attemptsBefore: 0,
    timesAreBounds: false,
    disturbedAtMs: 100,
    timeToDetectMs: 10,
    timeToRestoreMs: 20,
    timeToReadyMs: 30,
    timeToSettleMs: 40,
    watchedForMs: 100,
    figures: {},
  });
});

test('the phase is the one after which the disturbance was made', (t) => {
  const drawnAgain = withFact(factAt(50, { type: 'steady', revision, phaseMs: 12 }), disturbing);
  t.is(judge(drawnAgain)?.phaseMs, 12);
});

test('a backoff that is not at zero is let pass where the disturbance is repeated on its revision', (t) => {
  const again = factAt(10, {
    type: 'revision',
    revision,
    disturbance,
    kind: 'measured',
    phase: 'random',
    repeat: 2,
  });
  const facts = withFact(engineAt(80, { attempts: 2 }), disturbing).map((fact) =>
    fact === pushed ? again : fact,
  );
  t.like(judge(facts), { verdict: 'valid', repeat: 2, attemptsBefore: 2 });
});

test('one that was not recovered in time is censored: what was missing, and for how long', (t) => {
  const cases: [readonly Observation[], string][] = [
    [[], 'not corrected within 100 ms'],
    [[detected, restored], 'not ready within 100 ms'],
    [[detected, restored, ready], 'the engine did not settle within 100 ms'],
  ];
  for (const [facts, reason] of cases) {
    t.like(judge([...before, committed, ...facts, watched('timeout')]), {
      verdict: 'censored',
      reason,
      watchedForMs: 100,
      timeToSettleMs: null,
    });
  }
});

test('one that the engine gave up is censored, and that is said', (t) => {
  t.like(judge([...before, committed, detected, watched('gave-up')]), {
    verdict: 'censored',
    reason: 'not corrected within 100 ms: the engine says that it will not try again on this revision',
    timeToDetectMs: 10,
    timeToRestoreMs: null,
  });
});

test('what happens after the end of the watching says nothing of the iteration', (t) => {
  const later = [
    objectAt(210, web, { event: 'DELETED' }),
    factAt(220, { type: 'watch-gap', resource: '/api' }),
    factAt(230, { type: 'component-exit', component: 'kwok' }),
  ];
  t.deepEqual(judge([...whole, ...later]), judge(whole));
});

test('facts without a revision are no iteration', (t) => {
  t.is(judge([]), undefined);
  t.is(judge(steadyFacts), undefined);
});

test('a steady state holds the endpoints of every Service, too', (t) => {
  t.deepEqual(objectNames(driftRecovery.application), [
    'Namespace/shop',
    'ConfigMap/web',
    'Deployment/web',
    'Service/web',
    'Endpoints/web',
  ]);
});

test('a history gives the same verdicts again, engine by engine and from where the last one ended', (t) => {
  const setUp = [...steadyFacts, engineAt(3, { revision: 'earlier' })].map((fact) => ({
    ...fact,
    iteration: 0,
  }));
  // The second iteration starts from what the first left: the new Deployment.
  const next = whole.map((fact) => {
    const uid = 'uid' in fact ? { uid: fact.uid === 'second' ? 'third' : 'second' } : {};
    const later = 'revision' in fact ? { revision: 'later' } : {};
    return { ...fact, ...uid, ...later, atMs: fact.atMs + 1000, iteration: 2 };
  });
  const flux = [...setUp, ...whole, ...next];
  const both = flux.flatMap((fact) => [fact, { ...fact, engine: 'argocd' as const }]);
  const judged = judgeHistory(both, driftRecovery, rules);
  t.deepEqual(
    judged.map(({ engine, index, verdict, reason }) => [engine, index, verdict, reason]),
    [
      ['flux', 1, 'valid', ''],
      ['flux', 2, 'valid', ''],
      ['argocd', 1, 'valid', ''],
      ['argocd', 2, 'valid', ''],
    ],
  );
  t.true(judged.every(({ timeToReadyMs }) => timeToReadyMs === 30));
});

test('figures are of the revision that was disturbed, and not of one that was given up before', (t) => {
  const steps: Figure = {
    name: 'steps',
    title: '',
    unit: 'count',
    of: (facts) => facts.filter(({ type }) => type === 'step').length,
  };
  const step = (atMs: number) => factAt(atMs, { type: 'step', step: 'refused-push', what: '' });
  const scenario: Scenario = { ...driftRecovery, figures: [steps] };
  const spent = [{ ...pushed, revision: 'spent' }, step(11)];
  const judged = judgeIteration(start, [...spent, ...before, step(95), ...whole.slice(4)], scenario, rules);
  t.like(judged, { verdict: 'valid', revision, figures: { steps: 1 } });
});

test('where a notification is owed, one that was not waited for to the end is invalid, and figures look beyond the watching', (t) => {
  const notice = { outcome: 'succeeded', waitMs: 75_000, listenMs: 10_000 } as const;
  const arrivals: Figure = {
    name: 'arrivals',
    title: 'Arrivals',
    unit: 'count',
    of: (facts) => facts.filter(({ type }) => type === 'notification').length,
  };
  const owing: Scenario = {
    ...driftRecovery,
    disturbances: driftRecovery.disturbances.map((one) => ({ ...one, notice })),
    figures: [arrivals],
  };
  const arrived = factAt(900, {
    type: 'notification',
    object: 'Kustomization/shop',
    revision,
    reason: 'Progressing',
    outcome: 'succeeded',
  });
  const listened = factAt(950, { type: 'listened', outcome: 'succeeded', revision });
  const short = judgeIteration(start, [...whole, arrived], owing, rules);
  t.like(short, {
    verdict: 'invalid',
    reason: 'the run ended before the notification had its time to arrive',
  });
  const full = judgeIteration(start, [...whole, arrived, listened, { ...arrived, atMs: 960 }], owing, rules);
  t.like(full, { verdict: 'valid', timeToSettleMs: 40, watchedForMs: 100, figures: { arrivals: 1 } });
});

test('a gap while the API server is away on purpose is none, and one before or after it is', (t) => {
  const gapAt = (atMs: number) => factAt(atMs, { type: 'watch-gap', resource: '/api/v1/namespaces' });
  const step = (atMs: number, kind: 'api-away' | 'api-back') =>
    factAt(atMs, { type: 'step', step: kind, what: '' });
  const at = whole.indexOf(restored);
  const around = (...facts: readonly Observation[]) => [...whole.slice(0, at), ...facts, ...whole.slice(at)];
  const away = [step(111, 'api-away'), gapAt(112), step(113, 'api-back')];
  t.like(judge(around(...away)), { verdict: 'valid', timesAreBounds: false });
  t.like(judge(around(gapAt(110), ...away)), { verdict: 'invalid', timesAreBounds: true });
  t.like(judge(around(...away, gapAt(114))), { verdict: 'invalid', timesAreBounds: true });
});
