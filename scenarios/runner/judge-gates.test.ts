import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { driftRecovery } from '../drift-recovery.ts';
import { atWork, engineAt, factAt, objectAt, stateAfter, steadyFacts } from '../testing/facts.ts';
import {
  before,
  committed,
  detected,
  disturbing,
  judge,
  pushed,
  ready,
  restored,
  rules,
  settled,
  steady,
  watched,
  web,
  whole,
  withFact,
} from '../testing/judged-facts.ts';
import { judgeIteration } from './judge.ts';

test('one that was disturbed before the steady state is invalid, and what was wrong is said', (t) => {
  const gates: [Observation, RegExp][] = [
    [objectAt(80, web, { isReady: false }), /Deployment\/web is not ready/],
    [objectAt(80, 'ConfigMap/web', { differsFromGit: ['data.release'] }), /ConfigMap\/web .*data\.release/],
    [engineAt(80, { revision: 'another' }), /at revision another and not at 4f2cde/],
    [engineAt(80, atWork), /not settled/],
    [engineAt(80, { attempts: 1 }), /backoff is at 1 and not at zero/],
  ];
  for (const [fact, reason] of gates) {
    const judged = judge(withFact(fact, disturbing));
    t.is(judged?.verdict, 'invalid');
    t.regex(judged?.reason ?? '', /^disturbed before the steady state: /);
    t.regex(judged?.reason ?? '', reason);
  }
});

test('one whose engine was at work when the disturbance was committed is invalid', (t) => {
  t.like(judge(withFact(engineAt(95, atWork), committed)), {
    verdict: 'invalid',
    reason: 'the engine was at work when the disturbance was committed',
  });
});

test('one whose disturbance the API server never told of is invalid', (t) => {
  t.like(judge([...before, ready, watched('recovered')]), {
    verdict: 'invalid',
    reason: 'the API server never told of the disturbance',
    disturbedAtMs: null,
    timeToRestoreMs: null,
    watchedForMs: 0,
  });
});

test('one with a gap in a watch is invalid', (t) => {
  const gap = factAt(115, { type: 'watch-gap', resource: '/api/v1/namespaces' });
  t.like(judge(withFact(gap, restored)), {
    verdict: 'invalid',
    reason: 'the watch of /api/v1/namespaces had a gap, so that its times are bounds only',
    timesAreBounds: true,
  });
});

test('one that was not made on a fresh revision is invalid, unless it repeats one', (t) => {
  const stale = stateAfter(steadyFacts);
  t.like(judgeIteration(stale, whole, driftRecovery, rules), {
    verdict: 'invalid',
    reason: 'not made on a fresh revision: the engine had applied it before',
  });
});

test('one whose recovery was not watched for the declared window is invalid', (t) => {
  const early = factAt(185, { type: 'watched', end: 'recovered', reason: '' });
  t.like(judge([...before, committed, detected, restored, ready, settled, early]), {
    verdict: 'invalid',
    reason: 'the recovery was not seen to last for 50 ms',
  });
});

test('one that was made while the machine was not fit to measure on is invalid', (t) => {
  const machine = factAt(115, {
    type: 'machine',
    wallTimeMs: 0,
    loadAverage: 9,
    cores: 2,
    stealShare: 0,
    heldUpMs: 0,
  });
  t.like(judge(withFact(machine, restored)), {
    verdict: 'invalid',
    reason: 'the machine was too busy: a load of 4.5 per core, and 4 is the most',
  });
  const earlier = { ...machine, atMs: 17 };
  t.is(
    judge(withFact(earlier, steady))?.verdict,
    'valid',
    'what it was before the steady state is waited for',
  );
});

test('one in which a component ended is invalid for that reason, though the end of the run interrupted it', (t) => {
  const exit = factAt(115, { type: 'component-exit', component: 'kwok' });
  for (const end of [watched('recovered'), watched('interrupted', 'interrupted')]) {
    t.like(judge([...before, committed, exit, end]), {
      verdict: 'invalid',
      reason: 'kwok ended unexpectedly',
    });
  }
});

test('one that was interrupted, failed, or never ended is invalid', (t) => {
  t.like(judge([...before, committed, watched('interrupted', 'interrupted')]), {
    verdict: 'invalid',
    reason: 'interrupted',
  });
  t.like(judge([...before, watched('error', 'connection refused')]), {
    verdict: 'invalid',
    reason: 'connection refused',
  });
  t.like(judge([...before, committed]), {
    verdict: 'invalid',
    reason: 'the run ended before the iteration did',
  });
});

test('one that never came to its disturbance is invalid for the reason that it gave', (t) => {
  const reason = 'no steady state within 3 min 0 s: Deployment/web is not ready';
  t.like(judge([pushed, watched('error', reason)]), { verdict: 'invalid', reason, disturbedAtMs: null });
});
