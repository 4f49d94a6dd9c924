import { wrongUsage } from '../../common/explained-error.ts';
import type { LabProvider } from '../../lab/provider.ts';
import type { Disturbance, Scenario } from '../../scenarios/scenario.ts';
import { findNamed } from '../choices.ts';
import type { RegisteredLab, Registry } from '../surroundings.ts';
import type { LabFlags, ScenarioFlags } from './flags.ts';

/** The labs that a run is to be made in, and how many nodes each has. */
export interface ChosenLab {
  readonly lab: LabProvider;
  readonly nodes: number;
}

/** The kinds of labs that there are. */
export type LabRegistry = Pick<Registry, 'labs'>;

/** How a user writes what labs can be told. */
const typedFlags = {
  nodes: '--nodes',
  context: '--context',
  consent: '--consent',
  hostAddress: '--host-address',
  engineOn: '--engine-on',
  loadImages: '--load-images',
  standIns: '--stand-ins',
  adopt: '--adopt',
} as const satisfies Record<keyof LabFlags, string>;

/** Throws an explained error for a flag that the lab does not take, with the labs that do. */
function demandFlags(given: LabFlags, { name, flags }: RegisteredLab, { labs }: LabRegistry): void {
  const known = Object.keys(typedFlags) as (keyof LabFlags)[];
  const wrong = known.find((flag) => given[flag] !== undefined && !flags.includes(flag));
  if (wrong === undefined) return;
  const takers = labs.filter((lab) => lab.flags.includes(wrong)).map((lab) => `--lab ${lab.name}`);
  throw wrongUsage(
    `the ${name} lab does not take ${typedFlags[wrong]}`,
    `leave it out; ${takers.join(' or ')} ${takers.length === 1 ? 'takes' : 'take'} it`,
  );
}

/** The labs that the flags name, or the first that there are, with as many nodes as the scenario takes. Throws an explained error. */
export function chooseLab(
  flags: Pick<ScenarioFlags, 'lab' | keyof LabFlags>,
  registry: LabRegistry,
  { name, leastNodes = 1 }: Partial<Pick<Scenario, 'name' | 'leastNodes'>> = {},
): ChosenLab {
  const { labs } = registry;
  const registered = flags.lab === undefined ? labs[0] : findNamed('lab', flags.lab, labs);
  demandFlags(flags, registered, registry);
  if (flags.nodes !== undefined && flags.nodes < leastNodes)
    throw wrongUsage(
      `${name} needs at least ${leastNodes} nodes, and not ${flags.nodes}`,
      `use --nodes ${leastNodes}, or leave it out`,
    );
  return { lab: registered.choose(flags), nodes: flags.nodes ?? leastNodes };
}

const realPods = 'real pods';

/** What of a disturbance a lab may not have. */
type NeedyDisturbance = Pick<Disturbance, 'name' | 'machines'> & { readonly hitsEngine?: true };

type Needs = Pick<Scenario, 'needs' | 'registry' | 'operator' | 'forge' | 'needsPods' | 'environments'> & {
  readonly disturbances?: readonly NeedyDisturbance[];
};

function clustersFor({ length }: NonNullable<Needs['environments']>): string {
  return `${length} clusters at once, which --context A,B can name`;
}

/** Whether an engine would break that may be somebody else's. */
function wouldBreakEngine(
  { disturbances = [] }: Pick<Needs, 'disturbances'>,
  { abilities }: Pick<LabProvider, 'abilities'>,
): boolean {
  const hitsEngine = disturbances.some(({ hitsEngine }) => hitsEngine === true);
  return abilities.sparesEngine === true && hitsEngine;
}

/** What a disturbance does to machines that such labs can't, in words; undefined where they can, or it does nothing to any. */
function beyond({ machines }: Pick<Disturbance, 'machines'>, { abilities }: LabProvider): string | undefined {
  if (machines === undefined || abilities.machines === machines || abilities.machines === 'rebuild')
    return undefined;
  return abilities.machines === undefined ? 'turning machines off' : 'making machines anew';
}

/** What the scenario needs and the lab lacks, in words. */
function lacks(
  { needs = [], registry, operator, forge, needsPods, environments = [], disturbances = [] }: Needs,
  lab: LabProvider,
): string[] {
  const { abilities, podsAreSimulated } = lab;
  const withMachines = disturbances.map((one) => beyond(one, lab)).filter((what) => what !== undefined);
  return [
    ...new Set(withMachines),
    ...(needsPods === true && podsAreSimulated ? [realPods] : []),
    ...needs.filter((feature) => !abilities.features.includes(feature)),
    ...(registry === true && !abilities.registry ? ['a registry'] : []),
    ...(operator === true && !abilities.operator ? ["the lab's operator"] : []),
    ...(environments.length > (abilities.clusters ?? Infinity) ? [clustersFor(environments)] : []),
    ...(wouldBreakEngine({ disturbances }, { abilities }) ? ['an engine that may be broken'] : []),
    ...(forge !== undefined && !abilities.forges.includes(forge) ? [forge] : []),
  ];
}

/** Whether the scenario can be run in such labs. */
export function isAble(scenario: Needs, lab: LabProvider): boolean {
  return lacks(scenario, lab).length === 0;
}

/** Throws an explained error for clusters that are named and would not be used. */
function demandUsedClusters(
  { name, environments = [] }: Pick<Scenario, 'name'> & Needs,
  { abilities: { clusters = 1 } }: LabProvider,
): void {
  const used = Math.max(1, environments.length);
  if (clusters <= used) return;
  throw wrongUsage(
    `${clusters} clusters are named, and ${name} is run in ${used}`,
    'name only those that are used: engines are compared in the same ones, one after the other',
  );
}

/** Throws an explained error where the scenario needs something that such labs lack, with the labs that have it. */
export function demandAbilities(
  scenario: Pick<Scenario, 'name'> & Needs,
  lab: LabProvider,
  { labs }: LabRegistry,
): void {
  demandUsedClusters(scenario, lab);
  if (wouldBreakEngine(scenario, lab)) {
    throw wrongUsage(
      `${scenario.name} can't be run with ${typedFlags.adopt}`,
      'it breaks the engine, and one that is adopted is somebody else’s; leave the flag out in a cluster without the engine',
    );
  }
  const missing = lacks(scenario, lab);
  if (missing.length === 0) return;
  const why = missing.includes(realPods)
    ? 'its pods are simulated, and no container runs in them'
    : `that lab has no support for ${missing.join(', ')} yet`;
  const able = labs.filter(({ choose }) => isAble(scenario, choose({}))).map(({ name }) => `--lab ${name}`);
  const where =
    able.length === 0 ? 'no lab of this version has all that it needs' : `${able.join(' or ')} can`;
  const { disturbances = [] } = scenario;
  const some = disturbances.filter((one) => isAble({ ...scenario, disturbances: [one] }, lab));
  const part =
    some.length === 0 ? [] : [`a part of it can: --only ${some.map(({ name }) => name).join(',')}`];
  throw wrongUsage(`${scenario.name} can't be run in the ${lab.name} lab`, [why, where, ...part].join('; '));
}
