import test from 'ava';
import { Stage, type Announce } from './stage.ts';

const { signal } = new AbortController();
const flux = { engine: 'flux', trial: 1 } as const;
const argocd = { engine: 'argocd', trial: 1 } as const;
const disturbance = { name: 'delete-service', sentence: '', command: '' };

function stageOf(announce: Announce = async () => Promise.resolve('made')) {
  let nowMs = 0;
  const stage = new Stage({ announce, planned: 4, nowMs: () => nowMs });
  return { stage, pass: (byMs: number) => (nowMs += byMs) };
}

test('one trial at a time is on the stage, and who was shown least goes first', async (t) => {
  const { stage } = stageOf();
  const order: string[] = [];
  const leave = await stage.take(flux, signal);
  const again = stage.take(flux, signal).then((next) => {
    order.push('flux');
    next();
  });
  const other = stage.take(argocd, signal).then((next) => {
    order.push('argocd');
    next();
  });
  await Promise.resolve();
  t.deepEqual(order, []);
  leave();
  await Promise.all([again, other]);
  t.deepEqual(order, ['argocd', 'flux']);
  (await stage.take(argocd, signal))();
});

test('who waits for the stage stops waiting when the run ends, and holds up nobody', async (t) => {
  const { stage } = stageOf();
  const leave = await stage.take(flux, signal);
  const stop = new AbortController();
  const waiting = stage.take(argocd, stop.signal);
  stop.abort(new Error('interrupted'));
  await t.throwsAsync(waiting, { message: 'interrupted' });
  leave();
  (await stage.take(flux, signal))();
});

test('announcements are numbered, and how long they stood still adds up', async (t) => {
  const seen: string[] = [];
  const { stage, pass } = stageOf(async ({ number, planned }) => {
    seen.push(`${number} of ${planned}`);
    pass(1500);
    return Promise.resolve('made');
  });
  const about = { trial: flux, iteration: 1, kind: 'measured', disturbance, step: 'first' } as const;
  let looks = 0;
  const look = async () => {
    looks += 1;
    return Promise.resolve();
  };
  t.deepEqual(await stage.announce(about, signal, look), { decision: 'made', waitedMs: 1500 });
  await stage.announce({ ...about, trial: argocd }, signal, look);
  t.deepEqual(seen, ['1 of 4', '2 of 4']);
  t.is(stage.pausedMs, 3000);
  t.is(looks, 2);
});

test('what is left out stays so, and counts among what was planned', async (t) => {
  const seen: number[] = [];
  const { stage } = stageOf(async ({ number }) => {
    seen.push(number);
    return Promise.resolve(number === 1 ? 'left-out' : 'made');
  });
  const about = { trial: flux, iteration: 1, kind: 'measured', disturbance, step: 'first' } as const;
  const look = async () => Promise.resolve();
  t.false(stage.leavesOut('delete-service'));
  t.is((await stage.announce(about, signal, look)).decision, 'left-out');
  t.true(stage.leavesOut('delete-service'));
  stage.passOver();
  await stage.announce({ ...about, disturbance: { ...disturbance, name: 'scale-up' } }, signal, look);
  t.deepEqual(seen, [1, 3]);
});

test('a further step of an iteration has its number, and what an earlier part of a run left out stays out', async (t) => {
  const seen: string[] = [];
  const stage = new Stage({
    announce: async ({ number, step }) => {
      seen.push(`${number} ${step}`);
      return Promise.resolve('made');
    },
    planned: 1,
    nowMs: () => 0,
    leftOut: ['scale-up'],
  });
  const about = { trial: flux, iteration: 1, kind: 'measured', disturbance } as const;
  for (const step of ['first', 'before', 'after'] as const)
    await stage.announce({ ...about, step }, signal, async () => Promise.resolve());
  t.deepEqual(seen, ['1 first', '1 before', '1 after']);
  t.true(stage.leavesOut('scale-up'));
});
