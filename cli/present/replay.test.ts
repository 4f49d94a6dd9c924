import test from 'ava';
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
