import test from 'ava';
import type { Sighting } from './samples.ts';
import { summariseCondition } from './summary.ts';
import type { TruthLine } from './truth.ts';

const condition = { name: '100-objects-idle', objects: 100, isBusy: false, targetP99Ms: 5 };
const load = { busyShare: 0.25, eventsPerSecond: 10 };

/** A sample whose truth is exact, and whose error is as given. */
function made(uid: string, errorMs: number, kind: Sighting['kind'] = 'measured'): [Sighting, TruthLine[]] {
  const exact = { sentAtMs: 0, answeredAtMs: 0 };
  return [
    { kind, uid, disturbedAtMs: 0, restoredAtMs: 20 + errorMs },
    [
      { type: 'deletion', uid, ...exact },
      { type: 'restoration', uid, toldAtMs: 1, delayMs: 18, sentAtMs: 20, answeredAtMs: 20, seenAtMs: 21 },
    ],
  ];
}

function summarise(samples: readonly [Sighting, TruthLine[]][]) {
  const sightings = samples.map(([sighting]) => sighting);
  return summariseCondition(
    condition,
    sightings,
    samples.flatMap(([, lines]) => lines),
    load,
  );
}

test('the median keeps the sign of the error, p99 and worst are of its size', (t) => {
  const figures = summarise([-4, -3, -2, 1, 0].map((errorMs, index) => made(String(index), errorMs)));
  t.like(figures, { samples: 5, warmups: 0, missing: 0, errorsMs: [-4, -3, -2, 1, 0], busyShare: 0.25 });
  t.like(figures?.error, { medianMs: -2, worstMs: 4 });
  // Of 0, 1, 2, 3, 4, as R's type 7 interpolates.
  t.is(figures?.error.p99Ms, 3.96);
});

test('warm-ups count for nothing, and what lacks its truth is told', (t) => {
  const [lost] = made('lost', 9);
  const figures = summarise([made('first', 80, 'warmup'), made('second', 1), [lost, []]]);
  t.like(figures, { samples: 1, warmups: 1, missing: 1 });
  t.is(figures?.error.worstMs, 1);
});

test('where the truth has limits, the error may be larger by as much', (t) => {
  const [sighting] = made('one', 1);
  const figures = summariseCondition(
    condition,
    [sighting],
    [
      { type: 'deletion', uid: 'one', sentAtMs: -2, answeredAtMs: 2 },
      {
        type: 'restoration',
        uid: 'one',
        toldAtMs: 3,
        delayMs: 9,
        sentAtMs: 19,
        answeredAtMs: 21,
        seenAtMs: 22,
      },
    ],
    load,
  );
  t.is(figures?.error.p99Ms, 1);
  t.is(figures?.truthLimit.worstMs, 3);
  t.is(figures?.errorAtMostP99Ms, 4);
});

test('a condition without samples has no figures', (t) => {
  t.is(summarise([made('first', 1, 'warmup')]), undefined);
});
