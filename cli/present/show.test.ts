import test from 'ava';
import { judge, whole, withFact, watched, settled } from '../../scenarios/testing/judged-facts.ts';
import { factAt } from '../../scenarios/testing/facts.ts';
import type { Announcement } from '../../scenarios/runner/stage.ts';
import { leftOutReason } from '../../reports/record/left-out.ts';
import { namesByApplication } from '../../scenarios/cluster-wipe/follow-rebuild.ts';
import { Show, type StageEvent } from './show.ts';

const trial = { engine: 'flux', trial: 1 } as const;
const announcement: Announcement = {
  trial,
  iteration: 1,
  kind: 'measured',
  disturbance: {
    name: 'delete-deployment',
    sentence: 'someone deletes the Deployment web',
    command: 'kubectl -n shop delete deployment web',
  },
  step: 'first',
  number: 1,
  planned: 4,
};
const announced: StageEvent = { type: 'announce', announcement };
const facts = whole.map((observation): StageEvent => ({ type: 'observation', observation }));
const milestone = (name: 'disturbed' | 'ready', atMs: number | null): StageEvent => ({
  type: 'milestone',
  trial,
  milestone: { name, atMs },
});

function iterationOf(observations = whole) {
  const iteration = judge(observations);
  if (iteration === undefined) throw new Error('nothing was judged');
  return iteration;
}

const ended = (iteration = iterationOf(), isMadeAgain = false): StageEvent => ({
  type: 'iteration',
  trial,
  iteration,
  done: 1,
  total: 1,
  remainingMs: 0,
  isMadeAgain,
});

function shown(events: readonly StageEvent[], nowMs = () => 5000) {
  const show = new Show(nowMs);
  const lines = events.flatMap((event) => show.take(event));
  return { show, lines, texts: lines.map(({ kind, text }) => `${kind}: ${text}`) };
}

test('an announcement says in a sentence what is to come, and nothing runs yet', (t) => {
  const { texts, show } = shown([announced]);
  t.deepEqual(texts, [
    'heading: Flux · delete-deployment · 1 of 4',
    'sentence: Someone deletes the Deployment web.',
  ]);
  t.is(show.frame().sinceMs, undefined);
});

test('the command stands where it is sent, and each fact behind the seconds since the disturbance', (t) => {
  const { texts } = shown([
    announced,
    ...facts.slice(0, 5),
    milestone('disturbed', 100),
    ...facts.slice(5, 7),
  ]);
  t.deepEqual(texts.slice(2), [
    'command: kubectl -n shop delete deployment web',
    'fact:    +0.00 s  API server: Deployment/web deleted',
    'milestone:    +0.00 s  ── disturbed: the time runs ──',
    'fact:    +0.01 s  engine status: ',
    'fact:    +0.02 s  API server: Deployment/web added',
  ]);
});

test('the stopwatch runs from the disturbance until all is ready, and goes on where that does not last', (t) => {
  const { show } = shown([announced, ...facts.slice(0, 5), milestone('disturbed', 100)]);
  t.like(show.frame(), { state: 'running', sinceMs: 5000, stoppedAtMs: undefined });
  show.take(milestone('ready', 130));
  t.like(show.frame(), { state: 'good', stoppedAtMs: 30 });
  const [line] = show.take(milestone('ready', null));
  t.deepEqual(line, { kind: 'warning', text: 'not ready any more' });
  t.like(show.frame(), { state: 'running', stoppedAtMs: undefined });
  show.take(ended());
  t.like(show.frame(), { state: 'good', stoppedAtMs: 30 });
});

test('what another lab does meanwhile is not on the stage', (t) => {
  const { show } = shown([announced, ...facts.slice(0, 5), milestone('disturbed', 100)]);
  const [, , , , , detected] = whole;
  if (detected === undefined) throw new Error('there is no such fact');
  t.deepEqual(show.take({ type: 'observation', observation: { ...detected, engine: 'argocd' } }), []);
  t.deepEqual(show.take({ type: 'observation', observation: { ...detected, iteration: 2 } }), []);
  t.deepEqual(
    show.take({ ...milestone('ready', 130), trial: { engine: 'argocd', trial: 1 } } as StageEvent),
    [],
  );
});

test('what the API server answered stands under the command that asks for it', (t) => {
  const answer = ['NAME   READY', 'web    3/3'];
  const observation = factAt(5, { type: 'shown', command: 'kubectl -n shop get deployment web', answer });
  const { texts } = shown([announced, { type: 'observation', observation }]);
  t.deepEqual(texts.slice(2), [
    'command: kubectl -n shop get deployment web',
    'answer: NAME   READY',
    'answer: web    3/3',
  ]);
});

test('of Events that repeat, and of pods, an audience sees no more than it needs', (t) => {
  const event = (atMs: number, object: string, count: number) =>
    factAt(atMs, {
      type: 'event',
      kind: 'normal',
      object,
      reason: 'Synced',
      message: `seen ${count}`,
      component: 'controller',
      count,
    });
  const told = [
    event(111, 'Pod/web-1', 1),
    event(112, 'GitRepository/shop', 1),
    event(113, 'GitRepository/shop', 2),
  ];
  const { texts } = shown([
    announced,
    ...facts.slice(0, 5),
    milestone('disturbed', 100),
    ...told.map((observation): StageEvent => ({ type: 'observation', observation })),
  ]);
  t.deepEqual(texts.slice(5), ['fact:    +0.01 s  event: GitRepository/shop Synced: seen 1 (controller)']);
});

test('a mistake is told in a sentence, with what becomes of it', (t) => {
  const gap = factAt(115, { type: 'watch-gap', resource: 'deployments' });
  const broken = iterationOf([
    ...withFact(gap, settled).slice(0, -1),
    watched('error', 'the API server was away'),
  ]);
  const { lines, show } = shown([
    announced,
    ...facts.slice(0, 5),
    milestone('disturbed', 100),
    ended(broken, true),
  ]);
  t.is(lines.at(-1)?.kind, 'bad');
  t.regex(
    lines.at(-1)?.text ?? '',
    /^Flux, delete-deployment: this one does not count: .*away.*made again at the end; go on\.$/,
  );
  t.is(show.frame().state, 'bad');
});

test('once two engines have done the same, their times stand beside each other', (t) => {
  const { show, texts } = shown([announced, ...facts, ended()]);
  t.regex(texts.at(-1) ?? '', /^good: Flux: detect 10 ms, restore 20 ms, ready 30 ms, settle 40 ms\.$/);
  const argocd = { engine: 'argocd', trial: 1 } as const;
  show.take({ type: 'announce', announcement: { ...announcement, trial: argocd } });
  const lines = show.take({
    ...ended({ ...iterationOf(), engine: 'argocd', timeToReadyMs: 1200 }),
    trial: argocd,
  } as StageEvent);
  t.is(lines.at(-1)?.text, 'ready again: Flux 30 ms · Argo CD 1.20 s');
});

test('what a lab is at is told while nobody is on the stage, and of who is on it alone then', (t) => {
  const { show } = shown([
    { type: 'activity', trial, text: 'waiting for the steady state' },
    { type: 'activity', trial: { engine: 'argocd', trial: 1 }, text: 'ready for the stage' },
  ]);
  t.is(show.frame().activity, 'Flux: waiting for the steady state · Argo CD: ready for the stage');
  show.take(announced);
  t.is(show.frame().activity, 'Flux: waiting for the steady state');
});

const place = { engine: 'flux', trial: 1, iteration: 1 } as const;
const objectOf = (name: string, atMs: number): StageEvent => ({
  type: 'observation',
  observation: {
    ...place,
    atMs,
    type: 'object',
    event: 'ADDED',
    object: name,
    uid: `${name} at ${atMs}`,
    generation: 1,
    resourceVersion: '1',
    isTerminating: false,
    differsFromGit: [],
    isReady: true,
    summary: '2/2 ready',
  },
});
const fact = (observation: Parameters<typeof factAt>[1], atMs: number): StageEvent => ({
  type: 'observation',
  observation: factAt(atMs, observation),
});

test('of a rebuilt cluster each application is told once it is ready, with how many are, and how it compares', (t) => {
  const wipe = { ...announcement, applications: 2 };
  const [first = [], second = []] = namesByApplication(2);
  const { texts, show } = shown([
    { type: 'announce', announcement: wipe },
    { type: 'announce', announcement: { ...wipe, step: 'before' } },
    fact({ type: 'disturbing', disturbance: 'apps-2', kind: 'measured' }, 90),
    fact({ type: 'disturbed', what: 'the cluster is gone', revision: 'c0ffee' }, 100),
    milestone('disturbed', 100),
    fact({ type: 'reached', what: 'api-server' }, 2100),
    fact({ type: 'command', command: 'flux bootstrap git' }, 2200),
    ...first.map((name) => objectOf(name, 3100)),
    ...second.map((name) => objectOf(name, 4100)),
    milestone('ready', 4100),
    fact({ type: 'compared', objects: 26, differing: [], missing: [], extra: [], leftOut: [] }, 5000),
  ]);
  t.deepEqual(texts.slice(2), [
    'sentence: Someone deletes the Deployment web.',
    'command: kubectl -n shop delete deployment web',
    'fact:    +0.00 s  the cluster is gone',
    'milestone:    +0.00 s  ── disturbed: the time runs ──',
    'milestone:    +2.00 s  ── a new API server answers ──',
    'command: flux bootstrap git',
    'fact:    +3.00 s  app-01 is ready · 1 of 2 ready',
    'fact:    +4.00 s  app-02 is ready · 2 of 2 ready',
    'milestone:    +4.00 s  ── ready again ──',
    'good: Compared object by object: 26 objects, none differs.',
  ]);
  t.like(show.frame(), {
    caption: 'Flux · delete-deployment · 1 of 4 · 2 of 2 ready',
    stoppedAtMs: 4000,
  });
});

test('what differs in a rebuilt cluster is told as bad', (t) => {
  const differing = [{ object: 'ConfigMap/app-01/app-01', paths: ['data.release'] }];
  const { lines } = shown([
    { type: 'announce', announcement: { ...announcement, applications: 1 } },
    fact({ type: 'disturbing', disturbance: 'apps-1', kind: 'measured' }, 90),
    milestone('disturbed', 100),
    fact({ type: 'compared', objects: 13, differing, missing: [], extra: [], leftOut: [] }, 5000),
  ]);
  t.deepEqual(lines.at(-1), {
    kind: 'bad',
    text: 'Compared object by object: 1 of 13 differ, ConfigMap/app-01/app-01 first.',
  });
});

test('what was left out is told in a line, and is no failure', (t) => {
  const { lines, show } = shown([
    announced,
    ended({ ...iterationOf(), verdict: 'invalid', reason: leftOutReason, timeToReadyMs: null }),
  ]);
  t.deepEqual(lines.at(-1), { kind: 'note', text: 'Flux, delete-deployment: left out.' });
  t.is(show.frame().state, 'quiet');
});
