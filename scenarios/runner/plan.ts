import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { EngineName, Iteration, PhaseKind } from '../../reports/record/schema.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Disturbance } from '../scenario.ts';

/** One iteration that is to be made. */
export interface PlannedIteration {
  readonly disturbance: Disturbance;
  readonly kind: Iteration['kind'];
  readonly phase: PhaseKind;
  /** How often the disturbance was made before on the revision that this one is made on; 0 on a new revision. */
  readonly repeat: number;
}

/** Numbers between 0 and 1 that follow from a seed alone. */
export type Randomness = () => number;

/** Hashed, because the first numbers of seeds that lie close together lie close together too. */
function generatorOf(seed: number, stream: string) {
  return xoroshiro128plus(createHash('sha256').update(`${seed} ${stream}`).digest().readInt32LE());
}

/** A source of random numbers; `stream` names what they are for, and tells apart those that share a seed. */
export function randomness(seed: number, stream: string): Randomness {
  const generator = generatorOf(seed, stream);
  return () => uniformFloat64(generator);
}

/** A new order of `items`; all orders are equally likely. */
export function shuffled<Item>(items: readonly Item[], seed: number, stream: string): Item[] {
  const generator = generatorOf(seed, stream);
  const left = [...items];
  const order: Item[] = [];
  while (left.length > 0) order.push(...left.splice(uniformInt(generator, 0, left.length - 1), 1));
  return order;
}

/** Whether an engine is told beforehand to leave what a disturbance does. */
export function isLeftAlone(disturbance: Disturbance | undefined): boolean {
  return disturbance?.kind === 'drift' && disturbance.correction === 'off';
}

/** A disturbance that an engine is known to take longer for has a lab of its own, so that the others need not wait for it. */
const longMs = 60_000;

/** How an engine's disturbances are shared out over its trials, each with a lab of its own. */
export function trialsOf(engine: EngineName, disturbances: readonly Disturbance[]): Disturbance[][] {
  const isLong = ({ knownToTakeMs }: Disturbance) => (knownToTakeMs?.[engine] ?? 0) >= longMs;
  const environments = [...new Set(disturbances.map(({ environment }) => environment))];
  return environments
    .map((environment) => disturbances.filter((disturbance) => disturbance.environment === environment))
    .flatMap((own) => [own.filter((disturbance) => !isLong(disturbance)), own.filter(isLong)])
    .filter(({ length }) => length > 0);
}

interface PlanOptions {
  /** All that the run makes, which decide the order. */
  readonly disturbances: readonly Disturbance[];
  readonly iterations: number;
  readonly profile: Pick<Profile, 'warmups' | 'phase' | 'repeats'>;
  readonly seed: number;
}

const phasesOf: Readonly<Record<Profile['phase'], readonly PhaseKind[]>> = {
  random: ['random'],
  both: ['random', 'locked'],
};

/** The rounds of a run: each holds each disturbance once at each kind of phase, in random order, the same for every engine. */
function planRounds({ disturbances, iterations, profile, seed }: PlanOptions): PlannedIteration[] {
  const kinds = disturbances.flatMap((disturbance) =>
    phasesOf[profile.phase].map((phase) => ({ disturbance, phase })),
  );
  const repeats = Array.from({ length: profile.repeats + 1 }, (_, repeat) => repeat);
  return Array.from({ length: iterations }, (_, round) => shuffled(kinds, seed, `round ${round}`))
    .flat()
    .flatMap((kind) => repeats.map((repeat) => ({ ...kind, repeat, kind: 'measured' as const })));
}

/** The warm-ups of a trial; its lab is a new one, so that a trial that goes on with a run needs them again. */
function planWarmups({ profile, seed }: PlanOptions, warming: readonly Disturbance[]): PlannedIteration[] {
  const rounds = Array.from({ length: Math.ceil(profile.warmups / warming.length) }, (_, index) =>
    shuffled(warming, seed, `warm-up ${index}`),
  );
  return rounds
    .flat()
    .slice(0, profile.warmups)
    .map((disturbance) => ({ disturbance, kind: 'warmup', phase: 'random', repeat: 0 }));
}

/**
 * The iterations of one trial, which makes the disturbances `own`: warm-ups first, by disturbances that the engine does
 * not take long for where the run makes such ones, then rounds, so that a run that ends early has all of them nearly as often.
 */
export function planTrial(
  options: PlanOptions,
  engine: EngineName,
  own: readonly Disturbance[],
): PlannedIteration[] {
  const environment = own[0]?.environment;
  const alike = options.disturbances.filter((disturbance) => disturbance.environment === environment);
  const [warming = own] = trialsOf(engine, alike);
  return [
    ...planWarmups(options, warming),
    ...planRounds(options).filter(({ disturbance }) => own.includes(disturbance)),
  ];
}

/**
 * What makes up for an invalid iteration: the same again. One that repeated a disturbance on its revision needs
 * those before it again, which then count for nothing.
 */
export function replacementOf(planned: PlannedIteration): PlannedIteration[] {
  const before = Array.from({ length: planned.repeat }, (_, repeat) => ({
    ...planned,
    repeat,
    kind: 'warmup' as const,
  }));
  return [...before, planned];
}
