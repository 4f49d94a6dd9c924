import type { Iteration, Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { analyseComparison, type RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';

interface Made {
  readonly seed?: number;
  readonly iterations?: number;
  readonly disturbances?: readonly string[];
  readonly change?: (iteration: Iteration) => Iteration;
  readonly changeAll?: (results: Results) => Results;
}

/** Results of a made-up run; another seed is another day. */
export function made({ seed = 1, iterations = 8, disturbances, change, changeAll }: Made = {}): Results {
  const { results } = makeUpRun({
    seed,
    iterationsPerDisturbance: iterations,
    ...(disturbances === undefined ? {} : { disturbances }),
    ...(change === undefined ? {} : { change }),
  });
  const startedAt = new Date(Date.parse(results.startedAt) + seed * 86_400_000).toISOString();
  return changeAll === undefined ? { ...results, startedAt } : changeAll({ ...results, startedAt });
}

/** The runs held against the first of them. */
export function compare(...runs: readonly Results[]): RunComparison {
  return analyseComparison(
    runs.map((results, index) => ({ name: `run ${index}`, directory: `/runs/${index}`, results })),
    50,
  );
}

/** One of the changes: of Argo CD's time to restore after scale-to-zero unless another is asked for. Throws where there is none. */
export function changeOf(
  { changes }: RunComparison,
  wanted: Partial<Pick<Change, 'engine' | 'disturbance' | 'time'>>,
): Change {
  const { engine = 'argocd', disturbance = 'scale-to-zero', time = 'restore' } = wanted;
  const found = changes.find(
    (one) => one.engine === engine && one.disturbance === disturbance && one.time === time,
  );
  if (found === undefined) throw new Error(`there is no comparison of ${engine} ${disturbance} ${time}`);
  return found;
}

/** Argo CD's time to restore after scale-to-zero, moved. */
export function moved(byMs: number): (iteration: Iteration) => Iteration {
  return (iteration) =>
    iteration.engine === 'argocd' && iteration.disturbance === 'scale-to-zero'
      ? { ...iteration, timeToRestoreMs: (iteration.timeToRestoreMs ?? 0) + byMs }
      : iteration;
}
