import type { RecordedRun } from './reader.ts';
import type { Results, Shard } from './schema.ts';

/** The results of a run, and where they are from. */
export interface NamedResults extends Pick<RecordedRun, 'directory' | 'results'> {
  /** As the user named it, for messages. */
  readonly name: string;
}

/** A run as the user named it. */
export interface NamedRun extends RecordedRun, NamedResults {}

/** What tells one run from all others, wherever it was copied to: no two begin in the same millisecond with the same seed. */
function identity({ startedAt, provenance }: Pick<Shard, 'startedAt' | 'provenance'>): string {
  return `${startedAt} ${provenance.seed}`;
}

/** The runs that a run is made of: itself, or the shards of a merged one. */
function identitiesOf(results: Results): string[] {
  return (results.shards ?? [results]).map(identity);
}

/** The first two of which one holds all or a part of the other; undefined where each stands for itself. */
export function findRepeated(
  runs: readonly NamedResults[],
): readonly [NamedResults, NamedResults] | undefined {
  const seen = new Map<string, NamedResults>();
  for (const run of runs) {
    const own = identitiesOf(run.results);
    const earlier = own.map((one) => seen.get(one)).find((one) => one !== undefined);
    if (earlier !== undefined) return [earlier, run];
    for (const one of own) seen.set(one, run);
  }
  return undefined;
}
