import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Observation } from '../record/observation.ts';
import { engineNames, gitopsNames, type EngineName, type Iteration, type Results } from '../record/schema.ts';
import { madeUpFrame } from './made-up-frame.ts';
import { observeIteration } from './made-up-history.ts';

interface MadeUpOptions {
  readonly engines?: readonly EngineName[];
  readonly disturbances?: readonly string[];
  readonly iterationsPerDisturbance?: number;
  readonly seed?: number;
  /** Changes an iteration after it was made up, for example its verdict. */
  readonly change?: (iteration: Iteration) => Iteration;
}

export interface MadeUpRun {
  readonly results: Results;
  readonly history: Observation[];
}

const madeUpDisturbances = ['delete-deployment', 'scale-to-zero', 'edit-env'];

/**
 * A run that never took place, for tests: Flux is slow and spread out, Argo CD fast, and Flux does not correct `edit-env`.
 * The same options give the same run.
 */
export function makeUpRun(options: MadeUpOptions = {}): MadeUpRun {
  const { engines = gitopsNames, disturbances = madeUpDisturbances } = options;
  const { iterationsPerDisturbance = 6, seed = 7, change } = options;
  const trials = engines.flatMap((engine) =>
    makeUpTrial(engine, disturbances, iterationsPerDisturbance, seed),
  );
  const iterations = change === undefined ? trials : trials.map(change);
  return {
    results: { ...madeUpFrame({ engines, disturbances, iterationsPerDisturbance, seed }), iterations },
    history: iterations.flatMap(observeIteration),
  };
}

function makeUpTrial(
  engine: EngineName,
  disturbances: readonly string[],
  rounds: number,
  seed: number,
): Iteration[] {
  const random = xoroshiro128plus(seed + engineNames.indexOf(engine));
  const cycles = Array.from({ length: rounds + 1 }, (_, round) => round).flatMap((round) =>
    (round === 0 ? disturbances.slice(0, 1) : disturbances).map((disturbance) => ({ round, disturbance })),
  );
  return cycles.map(({ round, disturbance }, position): Iteration => {
    const restoreMs = engine === 'flux' ? uniformInt(random, 400, 10_400) : uniformInt(random, 280, 620);
    const isCorrected = engine !== 'flux' || disturbance !== 'edit-env';
    const after = (delayMs: number): number | null => (isCorrected ? restoreMs + delayMs : null);
    return {
      index: position + 1,
      engine,
      trial: 1,
      disturbance,
      kind: round === 0 ? 'warmup' : 'measured',
      verdict: isCorrected ? 'valid' : 'censored',
      reason: isCorrected ? '' : 'not restored within 5 min 0 s',
      revision: (position + 1).toString(16).padStart(40, engine === 'flux' ? 'f' : 'a'),
      phase: 'random',
      phaseMs: uniformInt(random, 0, 10_000),
      repeat: 0,
      attemptsBefore: 0,
      timesAreBounds: false,
      disturbedAtMs: 20_000 * (position + 1),
      timeToDetectMs: after(-uniformInt(random, 100, 250)),
      timeToRestoreMs: after(0),
      timeToReadyMs: after(uniformInt(random, 300, 500)),
      timeToSettleMs: after(uniformInt(random, 600, 900)),
      watchedForMs: isCorrected ? restoreMs + 3000 : 300_000,
      figures: {},
    };
  });
}
