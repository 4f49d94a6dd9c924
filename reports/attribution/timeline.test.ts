import test from 'ava';
import type { Observation } from '../record/observation.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { factsOf, type IterationFacts } from './entries.ts';
import { shorten } from './shorten.ts';
import { timelineOf, type Timeline } from './timeline.ts';
import { longestGapSentence, timelineText } from './timeline-text.ts';
import type { ComponentLine } from './trial-logs.ts';

const run = makeUpRun({ engines: ['flux'], disturbances: ['scale-up'], iterationsPerDisturbance: 1 });
const [, made] = run.results.iterations;
if (made === undefined) throw new Error('the made-up run has no measured iteration');
const times = { timeToDetectMs: 4900, timeToRestoreMs: 5000, timeToReadyMs: 5400, timeToSettleMs: 5800 };
const iteration = { ...made, ...times, watchedForMs: 6800 };
const zeroMs = iteration.disturbedAtMs ?? 0;

type Fact<Member> = Member extends unknown ? Omit<Member, 'atMs' | 'engine' | 'trial' | 'iteration'> : never;

const fact = (offsetMs: number, rest: Fact<Observation>): Observation => ({
  engine: 'flux',
  trial: 1,
  iteration: iteration.index,
  atMs: zeroMs + offsetMs,
  ...rest,
});

const status = (offsetMs: number, summary: string): Observation =>
  fact(offsetMs, {
    type: 'engine',
    revision: 'a',
    isWorking: false,
    isSettled: false,
    hasDetected: false,
    attempts: 0,
    hasGivenUp: false,
    hasFailed: false,
    summary,
  });

const machine = (offsetMs: number, heldUpMs: number): Observation =>
  fact(offsetMs, {
    type: 'machine',
    wallTimeMs: 1_800_000_000_000 + offsetMs,
    loadAverage: 1,
    cores: 2,
    stealShare: null,
    heldUpMs,
  });

const history: readonly Observation[] = [
  fact(-8, { type: 'disturbing', disturbance: 'scale-up', kind: 'measured' }),
  fact(0, {
    type: 'object',
    event: 'MODIFIED',
    object: 'Deployment/web',
    uid: 'web',
    generation: 2,
    resourceVersion: '100',
    isTerminating: false,
    differsFromGit: ['spec.replicas'],
    isReady: false,
    summary: '3/5 ready',
  }),
  machine(10, 3),
  status(4900, 'reconciling'),
  status(4950, 'reconciling'),
  fact(4980, {
    type: 'event',
    kind: 'warning',
    object: 'Deployment/web',
    reason: 'Failed',
    message: 'no\nroom',
    component: 'deployment-controller',
    count: 2,
  }),
  status(5800, 'Ready'),
  machine(5900, 320),
  fact(6800, { type: 'watched', end: 'recovered', reason: '' }),
  status(9000, 'too late to belong to it'),
];

const logged = (offsetMs: number, text: string, more: Partial<ComponentLine> = {}): ComponentLine => ({
  component: 'kustomize-controller',
  atMs: zeroMs + offsetMs,
  isWholeSecond: false,
  level: 'info',
  text,
  moreLines: 0,
  ...more,
});

function known(facts: readonly Observation[] = history): IterationFacts {
  const found = factsOf(iteration, facts);
  if (found === undefined) throw new Error('the history has nothing of the iteration');
  return found;
}

function timeline(lines: readonly ComponentLine[] | undefined = []): Timeline {
  return timelineOf(iteration, known(), lines);
}

test('a timeline reads from the disturbance to the end, with the silence that explains the delay', (t) => {
  const text = timelineText(
    timeline([logged(-100, 'before'), logged(5001, 'applied', { level: 'error', moreLines: 3 })]),
  );
  t.deepEqual(
    text.split('\n').map((line) => line.trimEnd().replace(/─{3,}$/, '')),
    [
      'Flux, iteration 2: scale-up (measured, valid; trial 1)',
      '',
      '   −0.100 s    log:kustomize-controller  before',
      '   −0.008 s    harness                   scale-up is sent',
      '    0.000 s    API server                Deployment/web modified: 3/5 ready; differs in spec.replicas',
      '    0.000 s  ── disturbed: the zero of time ',
      '          …  4.90 s nothing',
      '   +4.900 s    engine status             reconciling',
      '   +4.900 s  ── detected ',
      '   +4.980 s  ! event                     Deployment/web Failed: no room (deployment-controller, 2 times by now)',
      '   +5.000 s  ── restored ',
      '   +5.001 s  ! log:kustomize-controller  error: applied (and 3 more lines without a time)',
      '   +5.400 s  ── ready ',
      '          …  799 ms nothing',
      '   +5.800 s    engine status             Ready',
      '   +5.800 s  ── settled ',
      '   +5.900 s  ! harness                   the harness was held up for 320 ms since the last reading',
      '   +6.800 s    harness                   watching ends: recovered',
      '',
      'The longest silence is of 4.90 s: from 0.000 s (API server: Deployment/web modified: 3/5 ready; differs in spec.replicas) until +4.900 s (engine status: reconciling).',
    ],
  );
});

test('the longest silence before the restoration is named with what stands around it', (t) => {
  const told = timelineOf(
    iteration,
    known([...history.slice(0, 2), status(20, 'OutOfSync'), ...history.slice(2)]),
    [],
  );
  t.is(
    longestGapSentence(told),
    'The longest silence is of 4.88 s: from +0.020 s (engine status: OutOfSync) until +4.900 s (engine status: reconciling).',
  );
});

test('without logs it says so, and tells the rest', (t) => {
  const told = timelineOf(iteration, known(), undefined);
  t.regex(timelineText(told), /notice: The run holds no logs of this trial\./);
  t.true(told.entries.length > 5);
  t.is(factsOf({ ...iteration, index: 99 }, history), undefined);
});

test('what was never disturbed is told from its begin', (t) => {
  const steady = fact(-500, {
    type: 'revision',
    revision: '0123456789',
    disturbance: 'scale-up',
    kind: 'measured',
    phase: 'random',
    repeat: 0,
  });
  const never = {
    ...iteration,
    disturbedAtMs: null,
    timeToDetectMs: null,
    timeToRestoreMs: null,
    timeToReadyMs: null,
    timeToSettleMs: null,
    verdict: 'invalid' as const,
  };
  const end = fact(0, { type: 'watched', end: 'error', reason: 'no steady state' });
  const found = factsOf(never, [steady, end]);
  t.deepEqual(found?.window, { fromMs: zeroMs - 500, toMs: zeroMs });
  const told = found && timelineOf(never, found, []);
  t.deepEqual(
    told?.entries.map(({ offsetMs, text }) => [offsetMs, text]),
    [
      [0, 'revision 0123456 for scale-up'],
      [500, 'watching ends: error, no steady state'],
    ],
  );
});

test('a shortened timeline keeps what the cluster says and the milestones, and counts what it leaves out', (t) => {
  const chatter = Array.from({ length: 300 }, (_, index) => logged(1000 + index, `line ${index}`));
  const rows = shorten(timeline([...chatter, logged(5500, 'after the restoration')]));
  const texts = rows.map((row) => (typeof row === 'string' ? row : row.text));
  t.deepEqual(texts, [
    'scale-up is sent',
    'Deployment/web modified: 3/5 ready; differs in spec.replicas',
    'disturbed: the zero of time',
    'line 0',
    'line 1',
    '296 more',
    'line 298',
    'line 299',
    'reconciling',
    'detected',
    'Deployment/web Failed: no room (deployment-controller, 2 times by now)',
    'restored',
    'ready',
    '2 more',
    'settled',
    '2 more',
  ]);
});

test('a shortened timeline stays short, however much there is to tell', (t) => {
  const components = ['a', 'b', 'c'];
  const chatter = Array.from({ length: 900 }, (_, index) =>
    logged(index * 5, `line ${index}`, {
      component: components[index % 3] ?? '',
      ...(index % 10 === 0 ? { level: 'warning' as const, text: 'the same' } : {}),
    }),
  );
  const rows = shorten(timeline(chatter));
  t.true(rows.filter((row) => typeof row !== 'string').length <= 45);
  t.is(
    rows.filter((row) => typeof row !== 'string' && row.text.endsWith('the same')).length,
    3,
    'once for each component',
  );
});
