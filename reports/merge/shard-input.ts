import type { RecordedRun } from '../record/reader.ts';
import type { Results, Shard } from '../record/schema.ts';

/** A run that is to become a part of a merged one. */
export interface ShardInput {
  /** As the user named it, for messages. */
  readonly name: string;
  readonly run: RecordedRun;
}

/** What tells one run from all others, wherever it was copied to: no two begin in the same millisecond with the same seed. */
function identity({ startedAt, provenance }: Pick<Shard, 'startedAt' | 'provenance'>): string {
  return `${startedAt} ${provenance.seed}`;
}

/** The runs that a run is made of: itself, or the shards of a merged one. */
export function identitiesOf(results: Results): string[] {
  return (results.shards ?? [results]).map(identity);
}

/** The first two of which one holds all or a part of the other; undefined where each stands for itself. */
export function findRepeated(inputs: readonly ShardInput[]): readonly [ShardInput, ShardInput] | undefined {
  const seen = new Map<string, ShardInput>();
  for (const input of inputs) {
    const own = identitiesOf(input.run.results);
    const earlier = own.map((one) => seen.get(one)).find((one) => one !== undefined);
    if (earlier !== undefined) return [earlier, input];
    for (const one of own) seen.set(one, input);
  }
  return undefined;
}
