import test from 'ava';
import { driftRecovery } from '../drift-recovery.ts';
import { planTrial, randomness, shuffled } from './plan.ts';

const { disturbances } = driftRecovery;
const size = { disturbances, iterations: 6, warmups: 1, seed: 42 };
const namesOf = (plan: ReturnType<typeof planTrial>) => plan.map(({ disturbance }) => disturbance.name);
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

test('the same seed gives the same plan, and another seed another', (t) => {
  t.deepEqual(planTrial(size), planTrial(size));
  t.notDeepEqual(namesOf(planTrial(size)), namesOf(planTrial({ ...size, seed: 43 })));
});

test('warm-ups come first, as many as were asked for', (t) => {
  for (const warmups of [0, 1, 9, 10, 20]) {
    const kinds = planTrial({ ...size, warmups }).map(({ kind }) => kind);
    t.is(kinds.lastIndexOf('warmup') + 1, warmups);
    t.is(kinds.filter((kind) => kind === 'warmup').length, warmups);
    t.is(kinds.filter((kind) => kind === 'measured').length, 6 * disturbances.length);
  }
});

test('the number of warm-ups does not change what is measured', (t) => {
  const without = namesOf(planTrial({ ...size, warmups: 0 }));
  t.deepEqual(namesOf(planTrial({ ...size, warmups: 7 })).slice(7), without);
});

test('every round holds each disturbance once, in an order of its own', (t) => {
  const all = disturbances.map(({ name }) => name).sort();
  for (const seed of seeds) {
    const names = namesOf(planTrial({ ...size, warmups: 0, seed }));
    const rounds = Array.from({ length: 6 }, (_, round) => names.slice(round * 9, round * 9 + 9));
    for (const round of rounds) t.deepEqual([...round].sort(), all);
    t.true(new Set(rounds.map((round) => round.join())).size > 1);
  }
});

test('shuffling leaves what it was given as it was', (t) => {
  const items = ['flux', 'argocd'];
  const orders = new Set(seeds.map((seed) => shuffled(items, seed, 0).join()));
  t.deepEqual(items, ['flux', 'argocd']);
  t.deepEqual([...orders].sort(), ['argocd,flux', 'flux,argocd']);
});

test('random numbers follow from seed and stream, and lie between 0 and 1', (t) => {
  const take = (seed: number, stream: number) => Array.from({ length: 50 }, randomness(seed, stream));
  t.deepEqual(take(1, 2), take(1, 2));
  t.notDeepEqual(take(1, 2), take(1, 3));
  t.notDeepEqual(take(1, 2), take(2, 2));
  t.true(take(7, 7).every((number) => number >= 0 && number < 1));
});

test('the first numbers of neighbouring seeds are spread as evenly as later ones', (t) => {
  const firsts = seeds.map((seed) => randomness(seed, 1_000_001)());
  const counts = [0, 1, 2, 3].map((quarter) => firsts.filter((x) => Math.floor(x * 4) === quarter).length);
  // 50 of each are expected, with a standard deviation of 6.
  t.true(
    counts.every((count) => count > 20 && count < 80),
    counts.join(),
  );
});
