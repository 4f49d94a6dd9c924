import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { availability } from '../availability.ts';
import { engineAt, factAt, objectAt, revision, stateAfter } from '../testing/facts.ts';
import { judgeIteration, objectNames, type JudgeRules } from './judge.ts';

const rules: JudgeRules = { holdMs: 50, limits: { loadPerCore: 4, stealShare: 0.1, heldUpMs: 250 } };
const names = objectNames(availability.application);
const start = stateAfter([
  ...names.map((name) => objectAt(1, name, { event: 'ADDED' })),
  engineAt(3, { revision: 'earlier' }),
]);
const web = 'Deployment/web';
const disturbance = 'scale-to-zero';
const planned = { disturbance, kind: 'measured' } as const;
const served = {
  type: 'requests' as const,
  url: 'http://172.18.0.2:30080/',
  perSecond: 50,
  sent: 100,
  failed: 5,
  failedBefore: 0,
  unsent: 0,
  p95Ms: 3,
  gaps: [{ fromMs: 95, toMs: 215, failed: 5, isOpen: false }],
};

const recovered: readonly Observation[] = [
  factAt(10, { type: 'revision', revision, ...planned, phase: 'random', repeat: 0 }),
  engineAt(15),
  factAt(20, { type: 'steady', revision, phaseMs: 30 }),
  factAt(90, { type: 'disturbing', ...planned }),
  objectAt(100, web, { differsFromGit: ['spec.replicas'], isReady: false }),
  objectAt(120, web, { isReady: false }),
  objectAt(130, web),
  engineAt(140),
  factAt(200, { type: 'watched', end: 'recovered', reason: '' }),
];

const judge = (facts: readonly Observation[]) => judgeIteration(start, facts, availability, rules);

test('figures tell of the requests, which are counted after watching has ended', (t) => {
  t.like(judge([...recovered, factAt(260, served)]), {
    verdict: 'valid',
    watchedForMs: 100,
    timeToReadyMs: 30,
    figures: { requestsSent: 100, requestsFailed: 5, errorShare: 0.05, longestRequestGapMs: 120 },
  });
});

for (const [what, different, reason] of [
  ['failed before the disturbance', { failedBefore: 2 }, '2 requests failed before the disturbance'],
  [
    'could not be sent',
    { unsent: 3 },
    'the machine was too busy: 3 requests could not be sent when they were due',
  ],
  ['were never sent', { sent: 0 }, 'no request was sent after the disturbance'],
] as const)
  test(`an iteration is invalid where requests ${what}`, (t) => {
    t.like(judge([...recovered, factAt(260, { ...served, ...different })]), { verdict: 'invalid', reason });
  });

test('an iteration is invalid where nobody counted the requests', (t) => {
  t.like(judge(recovered), { verdict: 'invalid', reason: 'the run ended before the requests were counted' });
});
