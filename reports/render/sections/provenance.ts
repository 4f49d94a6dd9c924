import type { BlockContent, RootContent } from 'mdast';
import type { Results } from '../../record/schema.ts';
import { formatBytes } from '../format.ts';
import { bulletList, heading, link, table } from '../markdown.ts';
import { shardTables } from './shards.ts';

/** The machine, the program's own state, and the versions of all that ran. */
export function provenanceSection({ provenance, shards }: Results): RootContent[] {
  const { programs, notices } = provenance;
  return [
    heading(2, 'Machine and provenance'),
    ...(shards === undefined ? [machineTable(provenance)] : shardTables(shards)),
    heading(3, 'Versions'),
    table(
      ['Program', 'Version', 'Origin', 'Source'],
      programs.map(({ name, version, origin, source }) => [
        name,
        version,
        originWords[origin],
        /^https?:\/\//.test(source) ? link(source) : source,
      ]),
      'No program is recorded.',
    ),
    ...(notices.length === 0 ? [] : [heading(3, 'Notices'), bulletList(notices.map((notice) => [notice]))]),
  ];
}

const originWords: Readonly<Record<Results['provenance']['programs'][number]['origin'], string>> = {
  own: 'the user’s own',
  release: 'official release',
  image: 'official image',
  go: 'built from its Go module',
  debian: 'made of Debian packages',
};

/** What ran, and on what, as a table. */
export function machineTable({ version, commit, isClean, machine }: Results['provenance']): BlockContent {
  const state = isClean === false ? ', with changes that are not committed' : '';
  return table(
    ['Property', 'Value'],
    [
      ['gitops-lab', `${version}, ${commit === null ? 'no Git checkout' : `commit ${commit}${state}`}`],
      ['Operating system', `${machine.operatingSystem}, ${machine.architecture}`],
      ['Processor', `${machine.processor}, ${machine.cores} cores`],
      ['Memory', formatBytes(machine.memoryBytes)],
      ['Load average at the start', machine.loadAverageAtStart.toFixed(2)],
      ['Node, Git', `${machine.nodeVersion}, ${machine.gitVersion}`],
    ],
    '',
  );
}
