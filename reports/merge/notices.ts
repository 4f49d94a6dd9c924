import type { Shard } from '../record/schema.ts';
import { formatList } from '../render/format.ts';

/** What a reader of a merged run must know about its shards, as sentences. */
export function shardNotices(shards: readonly Shard[]): string[] {
  return [
    `This run is merged from ${shards.length} shards, which ran apart: what is stated once of the machine and of the instrument is that of one of them.`,
    ...shards.flatMap(({ status, statusReason }, index) =>
      status === 'complete' ? [] : [`Shard ${index + 1} is not complete. It was ${status}: ${statusReason}`],
    ),
    ...repeatedSeeds(shards),
    ...differing(shards, 'commits', ({ provenance }) => provenance.commit ?? 'unknown'),
    ...differing(shards, 'machines', ({ provenance: { machine } }) =>
      [machine.operatingSystem, machine.processor, machine.cores, machine.memoryBytes].join(),
    ),
    ...(sharedPrograms(shards)
      ? []
      : ['The shards did not all run the same files of the programs, though of the same versions.']),
  ];
}

function repeatedSeeds(shards: readonly Shard[]): string[] {
  const seeds = shards.map(({ provenance }) => provenance.seed);
  const repeated = [...new Set(seeds.filter((seed, index) => seeds.indexOf(seed) !== index))];
  return repeated.map((seed) => {
    const own = seeds.flatMap((one, index) => (one === seed ? [String(index + 1)] : []));
    return `Shards ${formatList(own)} have the same seed, ${seed}: their orders and random waits are the same, so that they tell less than others would.`;
  });
}

function differing(shards: readonly Shard[], what: string, keyOf: (shard: Shard) => string): string[] {
  const count = new Set(shards.map(keyOf)).size;
  return count === 1 ? [] : [`The shards were made on ${count} different ${what}.`];
}

function sharedPrograms(shards: readonly Shard[]): boolean {
  const sets = shards.map(({ provenance }) =>
    provenance.programs
      .map(({ name, sha256 }) => `${name} ${sha256}`)
      .toSorted()
      .join(),
  );
  return new Set(sets).size === 1;
}
