import test from 'ava';
import { leftOutReason } from '../../reports/record/left-out.ts';
import type { Observation } from '../../reports/record/observation.ts';
import { makeUpRun } from '../../reports/testing/made-up-run.ts';
import { noKeys, type Keys } from './keys.ts';
import { scenesOf, type RecordedScene } from './recorded-scenes.ts';
import { playScenes } from './replay.ts';
import { keptStream, pressedKeys } from './stage-for-tests.ts';

const run = makeUpRun({ disturbances: ['delete-deployment'], iterationsPerDisturbance: 1 });
const all = { commandOf: () => 'kubectl delete', isChosen: () => true };

test('the measured iterations of a run are its scenes, in the order in which they were sent', (t) => {
  const scenes = scenesOf(run, all);
  t.is(scenes.length, 2);
  const sent = scenes.map(({ announcement: { trial, iteration } }) => {
    const isOwn = ({ engine, iteration: own }: (typeof run.history)[number]) =>
      engine === trial.engine && own === iteration;
    return run.history.find((fact) => isOwn(fact) && fact.type === 'disturbing')?.atMs ?? 0;
  });
  t.deepEqual(
    sent,
    sent.toSorted((a, b) => a - b),
  );
  t.deepEqual(
    scenes.map(({ announcement: { number, planned } }) => `${number} of ${planned}`),
    ['1 of 2', '2 of 2'],
  );
  t.deepEqual(scenesOf(run, { ...all, isChosen: ({ engine }) => engine === 'manual' }), []);
});

test('a scene holds what was recorded, at its time, and ends with the times of the iteration', (t) => {
  const [scene] = scenesOf(run, all);
  const cues = scene?.cues ?? [];
  const offsets = cues.map(({ offsetMs }) => offsetMs);
  t.deepEqual(
    offsets,
    offsets.toSorted((a, b) => a - b),
  );
  t.is(cues.at(-1)?.event.type, 'iteration');
  const names = cues.flatMap(({ event }) => (event.type === 'milestone' ? [event.milestone.name] : []));
  t.deepEqual(names, ['disturbed', 'detected', 'restored', 'ready', 'settled']);
});

test('the command is that of the presentation where it was one, and what was shown before stands before', (t) => {
  const [first] = run.results.iterations.filter(({ kind }) => kind === 'measured');
  if (first === undefined) throw new Error('the run holds nothing');
  const { engine, trial, index: iteration, disturbedAtMs } = first;
  const place = { engine, trial, iteration, atMs: (disturbedAtMs ?? 0) - 500 };
  const { disturbance } = first;
  const history = run.history.flatMap((fact): Observation[] => {
    const isSending = fact.type === 'disturbing' && fact.engine === engine && fact.iteration === iteration;
    if (!isSending) return [fact];
    return [
      { ...place, type: 'shown', command: 'kubectl get', answer: ['NAME'] },
      { ...place, type: 'announced', disturbance, command: 'kubectl -n shop delete', waitedMs: 1 },
      fact,
    ];
  });
  const scene = scenesOf({ ...run, history }, all).find(
    ({ announcement }) => announcement.trial.engine === engine,
  );
  t.is(scene?.announcement.disturbance.command, 'kubectl -n shop delete');
  t.is(scene?.before.length, 1);
});

/** The run as one whose iterations are told of in several steps, the last of which waited for long. */
function runInSteps() {
  const waitedMs = 600_000;
  const words = {
    first: { sentence: 'the cluster is there' },
    before: { sentence: 'now it is lost' },
    after: { sentence: 'is it the same' },
  };
  const history = run.history.flatMap((fact): Observation[] => {
    if (fact.type !== 'watched') return [fact];
    const { engine, trial, iteration } = fact;
    const place = { engine, trial, iteration, atMs: fact.atMs + 5 + waitedMs };
    const comparison = { objects: 3, differing: [], missing: [], extra: [], leftOut: [] };
    return [
      fact,
      { ...place, type: 'announced', disturbance: 'delete-deployment', command: '', waitedMs },
      { ...place, type: 'compared', ...comparison },
    ];
  });
  return scenesOf({ ...run, history }, { ...all, stepsOf: () => ({ applications: 1, words }) });
}

test('of a lost cluster each step is announced, and the pause before the comparison is no part of what is waited for', (t) => {
  const [scene] = runInSteps();
  const stepsAmong = (events: readonly { readonly type: string }[]) =>
    events.flatMap((event) => (event.type === 'announce' ? [event] : [])).length;
  t.is(scene?.announcement.disturbance.sentence, 'the cluster is there');
  t.is(scene?.announcement.disturbance.command, '', 'nothing is lost yet');
  t.like(scene?.before.at(-1), {
    type: 'announce',
    announcement: { step: 'before', disturbance: { command: 'kubectl delete' } },
  });
  const cues = scene?.cues ?? [];
  t.is(stepsAmong(cues.map(({ event }) => event)), 1);
  t.true((cues.at(-1)?.offsetMs ?? Infinity) < 60_000, 'without the pause');
});

test('a replay stands still at each of these steps, and leaves the time as it was', async (t) => {
  const { keys, press } = pressedKeys();
  const [scene] = runInSteps();
  const quick = scene && { ...scene, cues: scene.cues.map((cue) => ({ ...cue, offsetMs: 0 })) };
  const { ended, until, text } = playing({ scenes: quick === undefined ? [] : [quick], keys });
  for (const sentence of ['The cluster is there.', 'Now it is lost.', 'Is it the same.']) {
    await until(sentence);
    await until('space: go on');
    press('go');
  }
  await ended;
  t.regex(text(), /Is it the same\..*Compared object by object: 3 objects, none differs\./s);
});

test('what was left out on stage is no scene', (t) => {
  const iterations = run.results.iterations.map((one) =>
    one.engine === 'flux' ? { ...one, verdict: 'invalid' as const, reason: leftOutReason } : one,
  );
  t.is(scenesOf({ ...run, results: { ...run.results, iterations } }, all).length, 1);
});

interface Played {
  readonly scenes?: readonly RecordedScene[];
  readonly keys?: Keys;
  readonly paceMs?: number;
  readonly signal?: AbortSignal;
}

function playing({
  scenes = scenesOf(run, all),
  keys = noKeys,
  paceMs,
  signal = new AbortController().signal,
}: Played) {
  const kept = keptStream(false);
  const { stream } = kept;
  const nowMs = () => performance.now();
  const options = { stream, environment: {}, keys, paceMs, nowMs, banner: 'REPLAY of a test', signal };
  return { ...kept, ended: playScenes(scenes, options) };
}

/** A scene that takes no time, and one that is silent for an hour. */
function scenesWithSilence(): RecordedScene[] {
  const [first, second] = scenesOf(run, all);
  if (first === undefined || second === undefined) throw new Error('the run holds too little');
  const hourMs = 3_600_000;
  const still = first.cues.map((cue, index) => ({ ...cue, offsetMs: index < 3 ? 0 : hourMs }));
  return [
    { ...first, cues: still },
    { ...second, cues: second.cues.map((cue) => ({ ...cue, offsetMs: 0 })) },
  ];
}

test('a replay says that it is one, and waits before each scene', async (t) => {
  const [, quick] = scenesWithSilence();
  const { ended, text } = playing({ scenes: quick === undefined ? [] : [quick], paceMs: 1 });
  await ended;
  t.regex(text(), /^REPLAY of a test\n/);
  t.regex(text(), /goes on by itself after 1 ms/);
  t.regex(text(), /\$ kubectl delete\n.*disturbed: the time runs.*── ready again ──.*=== \d/s);
});

test('a long silence is cut short by a key, and the stopwatch goes with it', async (t) => {
  const { keys, press } = pressedKeys();
  const { ended, until, text } = playing({ scenes: scenesWithSilence(), keys });
  await until('space: go on');
  press('go');
  await until('disturbed: the time runs');
  press('forward');
  await until('2 of 2');
  press('go');
  await ended;
  t.is(text().match(/── ready again ──/g)?.length, 2);
});

test('a scene can be skipped, and the replay left, at any moment', async (t) => {
  const { keys, press, isClosed } = pressedKeys();
  const { ended, until, text } = playing({ scenes: scenesWithSilence(), keys });
  await until('space: go on');
  press('go');
  await until('disturbed: the time runs');
  press('skip');
  await until('2 of 2');
  press('quit');
  await ended;
  t.notRegex(text(), /── ready again ──/);
  t.true(isClosed());
});

test('a replay that is interrupted gives the terminal back', async (t) => {
  const { keys, press, isClosed } = pressedKeys();
  const stop = new AbortController();
  const { ended, until } = playing({ scenes: scenesWithSilence(), keys, signal: stop.signal });
  await until('space: go on');
  press('go');
  await until('disturbed: the time runs');
  stop.abort(new Error('interrupted'));
  await t.throwsAsync(ended, { message: 'interrupted' });
  t.true(isClosed());
});
