import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Disturbance } from '../scenario.ts';

/** One iteration that is to be made. */
export interface PlannedIteration {
  readonly disturbance: Disturbance;
  readonly kind: 'warmup' | 'measured';
}

/** Numbers between 0 and 1 that follow from a seed alone. */
export type Randomness = () => number;

/** Hashed, because the first numbers of seeds that lie close together lie close together too. */
function generatorOf(seed: number, stream: number) {
  return xoroshiro128plus(createHash('sha256').update(`${seed} ${stream}`).digest().readInt32LE());
}

/** A source of random numbers; `stream` tells apart those that share a seed. */
export function randomness(seed: number, stream: number): Randomness {
  const generator = generatorOf(seed, stream);
  return () => uniformFloat64(generator);
}

/** A new order of `items`, every order as likely as any other. */
export function shuffled<Item>(items: readonly Item[], seed: number, stream: number): Item[] {
  const generator = generatorOf(seed, stream);
  const left = [...items];
  const order: Item[] = [];
  while (left.length > 0) order.push(...left.splice(uniformInt(generator, 0, left.length - 1), 1));
  return order;
}

interface TrialSize {
  readonly disturbances: readonly Disturbance[];
  readonly iterations: number;
  readonly warmups: number;
  readonly seed: number;
}

/**
 * The iterations of one engine's trial: warm-ups first, then rounds that hold each disturbance once, in random order,
 * so that a run that ends early has all of them nearly as often. Both engines get the same plan.
 */
export function planTrial({ disturbances, iterations, warmups, seed }: TrialSize): PlannedIteration[] {
  const round = (stream: number) => shuffled(disturbances, seed, stream);
  const warming = Array.from({ length: Math.ceil(warmups / disturbances.length) }, (_, index) =>
    round(-1 - index),
  ).flat();
  const measured = Array.from({ length: iterations }, (_, index) => round(index)).flat();
  return [
    ...warming.slice(0, warmups).map((disturbance) => ({ disturbance, kind: 'warmup' as const })),
    ...measured.map((disturbance) => ({ disturbance, kind: 'measured' as const })),
  ];
}
