import type { NamedRun } from '../record/named-run.ts';
import type { Observation } from '../record/observation.ts';
import type { Results, Shard } from '../record/schema.ts';

type ShardEngine = Shard['engines'][number];

/** A run with its place in the merged one. */
export interface PlacedShard extends NamedRun {
  readonly engines: readonly ShardEngine[];
}

/** The largest numbers that a run has given an engine's trials and iterations. */
function usedNumbers({ results, history }: NamedRun, name: string) {
  const of = <Item extends { readonly engine: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ engine }) => engine === name);
  const largest = (numbers: readonly number[]): number =>
    numbers.reduce((most, next) => Math.max(most, next), 0);
  const [iterations, facts] = [of(results.iterations), of(history)];
  const records = of(results.engines).flatMap(({ trials }) => trials);
  return {
    trials: largest([...iterations, ...facts, ...records].map(({ trial }) => trial)),
    iterations: largest([
      ...iterations.map(({ index }) => index),
      ...facts.map(({ iteration }) => iteration),
    ]),
  };
}

/** Gives each run its place, in the order of their starts: the trials and iterations of an engine are numbered on. */
export function placeShards(inputs: readonly NamedRun[]): PlacedShard[] {
  const startOf = ({ results }: NamedRun): number => Date.parse(results.startedAt);
  const ordered = inputs.toSorted((left, right) => startOf(left) - startOf(right));
  const before = new Map<string, { readonly trials: number; readonly iterations: number }>();
  return ordered.map((input) => {
    const engines = input.results.plan.engines.map((engine): ShardEngine => {
      const { trials: trialsBefore, iterations: iterationsBefore } = before.get(engine) ?? {
        trials: 0,
        iterations: 0,
      };
      const { trials, iterations } = usedNumbers(input, engine);
      before.set(engine, { trials: trialsBefore + trials, iterations: iterationsBefore + iterations });
      return { engine, trials, trialsBefore, iterationsBefore };
    });
    return { ...input, engines };
  });
}

/** Where a fact or an iteration of an engine lies in the merged run. */
function placeOf(
  { engines }: PlacedShard,
  name: string,
): Pick<ShardEngine, 'trialsBefore' | 'iterationsBefore'> {
  return engines.find(({ engine }) => engine === name) ?? { trialsBefore: 0, iterationsBefore: 0 };
}

/** The iterations of a shard under their new numbers; moved times would be off in their last digits, so that they stay on its clock. */
export function placedIterations(shard: PlacedShard): Results['iterations'] {
  return shard.results.iterations.map((iteration) => {
    const { trialsBefore, iterationsBefore } = placeOf(shard, iteration.engine);
    return {
      ...iteration,
      index: iteration.index + iterationsBefore,
      trial: iteration.trial + trialsBefore,
    };
  });
}

/** The history of a shard under its new numbers; what comes before the first iteration of a trial stays so. */
export function placedHistory(shard: PlacedShard): Observation[] {
  return shard.history.map((fact) => {
    const { trialsBefore, iterationsBefore } = placeOf(shard, fact.engine);
    return {
      ...fact,
      trial: fact.trial + trialsBefore,
      iteration: fact.iteration === 0 ? 0 : fact.iteration + iterationsBefore,
    };
  });
}
