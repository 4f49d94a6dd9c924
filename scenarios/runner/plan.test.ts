import test from 'ava';
import { driftRecovery } from '../drift-recovery.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { planTrial, randomness, replacementOf, shuffled, trialsOf } from './plan.ts';

const { disturbances } = driftRecovery;
const [profile] = builtInProfiles;
const options = { disturbances, iterations: 6, profile, seed: 42 };
const without = { ...options, profile: { ...profile, warmups: 0 } };
const plan = (size: typeof options = options) => planTrial(size, 'argocd', disturbances);
const namesOf = (planned: ReturnType<typeof planTrial>) => planned.map(({ disturbance }) => disturbance.name);
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

test('the same seed gives the same plan, and another seed another', (t) => {
  t.deepEqual(plan(), plan());
  t.notDeepEqual(namesOf(plan()), namesOf(plan({ ...options, seed: 43 })));
});

test('warm-ups come first, as many as were asked for', (t) => {
  for (const warmups of [0, 1, 9, 10, 20]) {
    const kinds = plan({ ...options, profile: { ...profile, warmups } }).map(({ kind }) => kind);
    t.is(kinds.lastIndexOf('warmup') + 1, warmups);
    t.is(kinds.filter((kind) => kind === 'warmup').length, warmups);
    t.is(kinds.filter((kind) => kind === 'measured').length, 6 * disturbances.length);
  }
});

test('the number of warm-ups does not change what is measured', (t) => {
  const warm = { ...options, profile: { ...profile, warmups: 7 } };
  t.deepEqual(namesOf(plan(warm)).slice(7), namesOf(plan(without)));
});

test('every round holds each disturbance once, in an order of its own', (t) => {
  const all = disturbances.map(({ name }) => name).sort();
  for (const seed of seeds) {
    const names = namesOf(plan({ ...without, seed }));
    const rounds = Array.from({ length: 6 }, (_, round) => names.slice(round * 9, round * 9 + 9));
    for (const round of rounds) t.deepEqual([...round].sort(), all);
    t.true(new Set(rounds.map((round) => round.join())).size > 1);
  }
});

test('what an engine takes long for has a trial of its own, unless there is nothing else', (t) => {
  const shared = (engine: 'flux' | 'argocd', some = disturbances) =>
    trialsOf(engine, some).map((own) => own.map(({ name }) => name));
  const namespace = disturbances.filter(({ name }) => name === 'delete-namespace');
  t.deepEqual(
    shared('flux').map(({ length }) => length),
    [8, 1],
  );
  t.deepEqual(shared('flux')[1], ['delete-namespace']);
  t.is(shared('argocd').length, 1);
  t.deepEqual(shared('flux', namespace), [['delete-namespace']]);
});

test('a trial of what takes long is warmed up by what does not', (t) => {
  const [, long = []] = trialsOf('flux', disturbances);
  const [warmup, ...measured] = planTrial(options, 'flux', long);
  t.is(warmup?.kind, 'warmup');
  t.not(warmup?.disturbance.name, 'delete-namespace');
  t.deepEqual(new Set(namesOf(measured)), new Set(['delete-namespace']));
});

test('a trial of some disturbances makes them in the order that all of them have', (t) => {
  const [usual = []] = trialsOf('flux', disturbances);
  const expected = namesOf(plan(without)).filter((name) => name !== 'delete-namespace');
  t.deepEqual(namesOf(planTrial(without, 'flux', usual)), expected);
});

test('both kinds of phase are made equally often, in one random order', (t) => {
  const both = { ...without, profile: { ...without.profile, phase: 'both' as const } };
  const phases = plan(both).map(({ phase }) => phase);
  t.is(phases.filter((phase) => phase === 'locked').length, 54);
  t.is(phases.filter((phase) => phase === 'random').length, 54);
  t.true(new Set([0, 1, 2].map((round) => phases.slice(round * 18, round * 18 + 18).join())).size > 1);
});

test('repeats follow on the iteration whose revision they share', (t) => {
  const repeats = plan({ ...without, iterations: 1, profile: { ...without.profile, repeats: 2 } });
  t.is(repeats.length, 27);
  t.deepEqual(
    repeats.slice(0, 6).map(({ repeat }) => repeat),
    [0, 1, 2, 0, 1, 2],
  );
  t.is(repeats[0]?.disturbance, repeats[2]?.disturbance);
});

test('what makes up for a repeat makes those before it again, which count for nothing', (t) => {
  const repeat = plan({ ...without, profile: { ...without.profile, repeats: 2 } })[2];
  if (repeat === undefined) throw new Error('there is no third iteration');
  t.deepEqual(
    replacementOf(repeat).map((one) => [one.kind, one.repeat]),
    [
      ['warmup', 0],
      ['warmup', 1],
      ['measured', 2],
    ],
  );
});

test('shuffling leaves what it was given as it was', (t) => {
  const items = ['flux', 'argocd'];
  const orders = new Set(seeds.map((seed) => shuffled(items, seed, 'labs').join()));
  t.deepEqual(items, ['flux', 'argocd']);
  t.deepEqual([...orders].sort(), ['argocd,flux', 'flux,argocd']);
});

test('random numbers follow from seed and stream, and lie between 0 and 1', (t) => {
  const take = (seed: number, stream: string) => Array.from({ length: 50 }, randomness(seed, stream));
  t.deepEqual(take(1, 'a'), take(1, 'a'));
  t.notDeepEqual(take(1, 'a'), take(1, 'b'));
  t.notDeepEqual(take(1, 'a'), take(2, 'a'));
  t.true(take(7, 'a').every((number) => number >= 0 && number < 1));
});

test('the first numbers of neighbouring seeds are spread as evenly as later ones', (t) => {
  const firsts = seeds.map((seed) => randomness(seed, 'phases of flux')());
  const counts = [0, 1, 2, 3].map((quarter) => firsts.filter((x) => Math.floor(x * 4) === quarter).length);
  // 50 of each are expected, with a standard deviation of 6.
  t.true(
    counts.every((count) => count > 20 && count < 80),
    counts.join(),
  );
});
