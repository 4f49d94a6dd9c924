import { formatDuration } from '../../common/duration.ts';
import type { EngineName, Results, Shard } from '../record/schema.ts';
import { flattened } from '../render/flattened.ts';
import { formatBytes, formatList } from '../render/format.ts';
import { engineLabels } from '../render/names.ts';
import { withoutPorts } from '../render/without-ports.ts';
import type { Selection } from './selection.ts';

/** What a run was made with, under one name. */
interface Property {
  readonly name: string;
  readonly value: string;
  /** What it is one of many of, so that those that are the same are told in one word. */
  readonly group?: string;
}

/** A property that is not the same in all runs. */
export interface Difference {
  readonly name: string;
  readonly group: string | undefined;
  /** In the order of the runs; a dash where a run does not have it. */
  readonly values: readonly string[];
}

/** What the runs were made with: what differs, and what is the same, in a few words each. */
export interface Properties {
  readonly differing: readonly Difference[];
  readonly same: readonly string[];
}

export const programsGroup = 'versions of programs';
export const profileGroup = 'settings of the profile';
export const readBackGroup = 'settings that were read back';
export const machineGroup = 'properties of the machine';

/** Sets what the runs were made with side by side; of engines, only those that are compared. */
export function compareProperties({ baseline, others, engines: compared }: Selection): Properties {
  const lists = [baseline, ...others].map(({ results }) => propertiesOf(results, compared));
  const names = new Map(
    lists.flat().map((property) => [`${property.group ?? ''} ${property.name}`, property]),
  );
  const all = [...names.values()].map(({ name, group }): Difference => {
    const valueIn = (list: readonly Property[]): string =>
      list.find((property) => property.name === name && property.group === group)?.value ?? '–';
    return { name, group, values: lists.map(valueIn) };
  });
  const differing = all.filter(isDifferent);
  return { differing, same: sameInWords(all) };
}

function isDifferent({ values }: Difference): boolean {
  return new Set(values).size > 1;
}

/** Those without a group by their values, the others by how many of their group there are. */
function sameInWords(all: readonly Difference[]): string[] {
  const alone = all.filter((one) => one.group === undefined && !isDifferent(one));
  const groups = [...new Set(all.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  return [
    ...alone.map(({ name, values }) => `${name} (${values[0] ?? ''})`),
    ...groups.flatMap((group) => {
      const own = all.filter((one) => one.group === group);
      const same = own.filter((one) => !isDifferent(one)).length;
      if (same === 0) return [];
      return [same === own.length ? `all ${own.length} ${group}` : `${same} of ${own.length} ${group}`];
    }),
  ];
}

function propertiesOf(results: Results, compared: readonly EngineName[]): Property[] {
  const { status, startedAt, finishedAt, lab, profile, plan, shards } = results;
  const engines = results.engines.filter(({ engine }) => compared.includes(engine));
  const parts = shards ?? [results];
  return [
    { name: 'Started', value: startedAt },
    { name: 'Finished', value: finishedAt },
    { name: 'Status', value: status },
    ...(shards === undefined ? [] : [{ name: 'Merged from', value: `${shards.length} shards` }]),
    { name: 'Seed', value: joined(parts, ({ provenance }) => String(provenance.seed)) },
    { name: 'Lab', value: lab.provider },
    { name: 'Pods', value: podsInWords(lab) },
    { name: 'Nodes', value: String(lab.nodes) },
    { name: 'gitops-lab', value: joined(parts, checkoutInWords) },
    ...engines.map(({ engine, version }) => ({ name: engineLabels[engine], value: version })),
    { name: 'Profile', value: profile.name },
    { name: 'Time-out', value: formatDuration(plan.timeoutMs) },
    { name: 'Iterations of each disturbance', value: String(plan.iterationsPerDisturbance) },
    ...flattened(profile.settings)
      .filter(([name]) => name !== 'name')
      .map(([name, value]) => ({ name, value, group: profileGroup })),
    ...engines.flatMap(({ engine, settings }) =>
      settings.map(({ name, value }) => ({
        name: `${engineLabels[engine]}: ${name}`,
        value: withoutPorts(value),
        group: readBackGroup,
      })),
    ),
    ...programsOf(results),
    ...machineOf(parts),
  ];
}

/** What the parts of a run have of a property; each value once. */
function joined(parts: readonly Part[], valueOf: (part: Part) => string): string {
  return formatList([...new Set(parts.map(valueOf))]);
}

type Part = Pick<Shard, 'provenance' | 'instrument'>;

function podsInWords({ podsAreSimulated, podStartMs }: Results['lab']): string {
  if (podsAreSimulated && podStartMs === 0) return "simulated, ready when the cluster's simulator says so";
  return podsAreSimulated
    ? `simulated, ready ${formatDuration(podStartMs)} after they are scheduled`
    : 'real';
}

function checkoutInWords({ provenance: { version, commit, isClean } }: Part): string {
  const state = isClean === false ? ' with changes' : '';
  return commit === null ? version : `${version}, commit ${commit.slice(0, 7)}${state}`;
}

function programsOf({ provenance }: Results): Property[] {
  return provenance.programs.map(({ name, version, origin }) => ({
    name,
    value: `${version} (${origin})`,
    group: programsGroup,
  }));
}

function machineOf(parts: readonly Part[]): Property[] {
  const of = (name: string, valueOf: (machine: Shard['provenance']['machine']) => string): Property => ({
    name,
    value: joined(parts, ({ provenance }) => valueOf(provenance.machine)),
    group: machineGroup,
  });
  return [
    of('Operating system', ({ operatingSystem, architecture }) => `${operatingSystem}, ${architecture}`),
    of('Processor', ({ processor, cores }) => `${processor}, ${cores} cores`),
    of('Memory', ({ memoryBytes }) => formatBytes(memoryBytes)),
    of('Node', ({ nodeVersion }) => nodeVersion),
    of('Git', ({ gitVersion }) => gitVersion),
    {
      name: 'Load average at the start',
      value: joined(parts, ({ provenance }) => provenance.machine.loadAverageAtStart.toFixed(2)),
    },
    { name: 'Times exact to', value: joined(parts, ({ instrument }) => exactness(instrument)) },
  ];
}

function exactness(instrument: Shard['instrument']): string {
  return instrument === null ? 'not known' : `±${instrument.errorP99Ms.toFixed(2)} ms`;
}
