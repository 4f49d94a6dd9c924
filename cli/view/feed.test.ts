import test from 'ava';
import { firstState } from './view-state.ts';
import { draw } from './draw.ts';
import type { Message, Point } from './drawing.ts';
import { Feed, type Viewer } from './feed.ts';

const drawing = draw(
  firstState({ scenario: 'prune', lab: '', profile: '', engines: [], disturbances: [] }),
  0,
);
const point = (words: string): Point => {
  return { engine: 'flux', disturbance: '', verdict: 'valid', isWarmUp: false, valueMs: 1, value: '', words };
};

/** A feed of what a test changes, and how often it was looked at. */
function feedOf() {
  const scene = { drawing, run: 1, points: [point('first')], looks: 0 };
  const feed = new Feed(() => {
    scene.looks += 1;
    return scene;
  });
  return { scene, feed };
}

/** A viewer that keeps what it was told. */
function viewerOf(feed: Feed) {
  const told: Message[] = [];
  const state = { isBehind: false };
  let onNext: () => void = () => undefined;
  const viewer: Viewer = {
    isBehind: () => state.isBehind,
    send: (message) => {
      told.push(JSON.parse(message) as Message);
      onNext();
    },
  };
  feed.join(viewer);
  const next = async (): Promise<void> => new Promise((resolve) => (onNext = resolve));
  return { told, state, viewer, next };
}

const wordsOf = (message: Message | undefined): string[] => message?.points.map(({ words }) => words) ?? [];

test('nothing is drawn where nobody looks', (t) => {
  const { feed, scene } = feedOf();
  feed.touch();
  feed.flush();
  t.is(scene.looks, 0);
});

test('one who comes late gets all that there is at once', (t) => {
  const { feed, scene } = feedOf();
  scene.points = [point('first'), point('second')];
  const { told } = viewerOf(feed);
  t.deepEqual(told.map(wordsOf), [['first', 'second']]);
  t.is(told[0]?.from, 0);
});

test('a thousand changes in a row are one message, with what is new in it', async (t) => {
  const { feed, scene } = feedOf();
  // The timer of a feed keeps no process alive.
  const alive = setTimeout(() => undefined, 10_000);
  const { told, next } = viewerOf(feed);
  const isTold = next();
  for (let count = 0; count < 1000; count += 1) {
    scene.points = [...scene.points.slice(0, 1), point(`change ${count}`)];
    feed.touch();
  }
  await isTold;
  clearTimeout(alive);
  t.is(told.length, 2);
  t.deepEqual([told[1]?.from, ...wordsOf(told[1])], [1, 'change 999']);
});

test('one who is behind is sent nothing, and then what there is by then', (t) => {
  const { feed, scene } = feedOf();
  const { told, state } = viewerOf(feed);
  state.isBehind = true;
  scene.points = [point('first'), point('second')];
  feed.flush();
  scene.points = [...scene.points, point('third')];
  feed.flush();
  t.is(told.length, 1);
  state.isBehind = false;
  feed.flush();
  t.deepEqual(wordsOf(told[1]), ['second', 'third']);
});

test('the points of another run are told from the first', (t) => {
  const { feed, scene } = feedOf();
  const { told } = viewerOf(feed);
  scene.run = 2;
  scene.points = [point('of the next run')];
  feed.flush();
  t.deepEqual([told[1]?.run, told[1]?.from, ...wordsOf(told[1])], [2, 0, 'of the next run']);
});

test('one who has left is told nothing more', (t) => {
  const { feed } = feedOf();
  const { told, viewer } = viewerOf(feed);
  feed.leave(viewer);
  feed.flush();
  t.is(told.length, 1);
});
