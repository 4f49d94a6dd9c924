import type { RootContent } from 'mdast';
import type { Shard } from '../../record/schema.ts';
import { formatBytes } from '../format.ts';
import { paragraph, table } from '../markdown.ts';
import { engineLabels } from '../names.ts';

/** Where and when each shard of a merged run was made, and which trials and iterations are its own. */
export function shardTables(shards: readonly Shard[]): RootContent[] {
  const numbered = shards.map((shard, index) => ({ ...shard, number: String(index + 1) }));
  return [
    paragraph('The shards that this run was merged from, and the machine of each:'),
    table(
      ['Shard', 'Started', 'Status', 'Seed', 'Machine', 'Load at the start', 'Node, Git', 'gitops-lab'],
      numbered.map(({ number, startedAt, status, provenance }) => [
        number,
        startedAt,
        status,
        String(provenance.seed),
        ...machineCells(provenance),
      ]),
      '',
    ),
    paragraph('Where its trials and iterations are:'),
    table(
      ['Shard', 'Engine', 'Iterations of each disturbance', 'Trials', 'Iterations from'],
      numbered.flatMap(({ number, iterationsPerDisturbance, engines }) =>
        engines.map(({ engine, trials, trialsBefore, iterationsBefore }) => [
          number,
          engineLabels[engine],
          String(iterationsPerDisturbance),
          trials === 0 ? '–' : rangeOf(trialsBefore + 1, trialsBefore + trials),
          String(iterationsBefore + 1),
        ]),
      ),
      '',
    ),
  ];
}

function machineCells({ machine, version, commit }: Shard['provenance']): string[] {
  const { processor, cores, memoryBytes, operatingSystem, architecture } = machine;
  return [
    `${processor}, ${cores} cores, ${formatBytes(memoryBytes)}, ${operatingSystem}, ${architecture}`,
    machine.loadAverageAtStart.toFixed(2),
    `${machine.nodeVersion}, ${machine.gitVersion}`,
    `${version}${commit === null ? '' : `, ${commit.slice(0, 7)}`}`,
  ];
}

function rangeOf(first: number, last: number): string {
  return first === last ? String(first) : `${first} to ${last}`;
}
