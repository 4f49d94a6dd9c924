import { wrongUsage } from '../../common/explained-error.ts';
import type { LabProvider } from '../../lab/provider.ts';
import type { Disturbance, Scenario } from '../../scenarios/scenario.ts';
import { findNamed } from '../choices.ts';
import type { Registry } from '../surroundings.ts';
import type { LabFlags, ScenarioFlags } from './flags.ts';

/** The labs that a run is to be made in, and how many nodes each has. */
export interface ChosenLab {
  readonly lab: LabProvider;
  readonly nodes: number;
}

/** The kinds of labs that there are. */
export type LabRegistry = Pick<Registry, 'labs'>;

const existingName = 'existing';

/** What only such a lab can be told. */
const ofExisting = {
  context: '--context',
  consent: '--consent',
  hostAddress: '--host-address',
  engineOn: '--engine-on',
  loadImages: '--load-images',
  standIns: '--stand-ins',
  adopt: '--adopt',
} as const satisfies Record<Exclude<keyof LabFlags, 'nodes'>, string>;

/** The labs that the flags name, or the first that there are, with as many nodes as the scenario takes. Throws an explained error. */
export function chooseLab(
  flags: Pick<ScenarioFlags, 'lab' | keyof LabFlags> & { readonly resume?: string | undefined },
  { labs }: LabRegistry,
  { name, leastNodes = 1 }: Partial<Pick<Scenario, 'name' | 'leastNodes'>> = {},
): ChosenLab {
  const registered = flags.lab === undefined ? labs[0] : findNamed('lab', flags.lab, labs);
  for (const [flag, typed] of Object.entries(ofExisting)) {
    if (flags[flag as keyof typeof ofExisting] === undefined || registered.name === existingName) continue;
    throw wrongUsage(
      `${typed} is for a cluster that is there, and the lab is ${registered.name}`,
      `add --lab ${existingName}, or leave it out`,
    );
  }
  if (registered.name === existingName && flags.nodes !== undefined && flags.resume === undefined)
    throw wrongUsage('a cluster that is there has the nodes that it has', 'leave --nodes out');
  if (flags.nodes !== undefined && flags.nodes < leastNodes)
    throw wrongUsage(
      `${name} needs at least ${leastNodes} nodes, and not ${flags.nodes}`,
      `use --nodes ${leastNodes}, or leave it out`,
    );
  return { lab: registered.choose(flags), nodes: flags.nodes ?? leastNodes };
}

const realPods = 'real pods';

type Needs = Pick<Scenario, 'needs' | 'registry' | 'operator' | 'forge' | 'needsPods' | 'environments'> & {
  readonly disturbances?: readonly Pick<Disturbance, 'name' | 'machines'>[];
};

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
    ...(environments.length > 1 && abilities.isShared === true ? ['several clusters at once'] : []),
    ...(forge !== undefined && !abilities.forges.includes(forge) ? [forge] : []),
  ];
}

/** Whether the scenario can be run in such labs. */
export function isAble(scenario: Needs, lab: LabProvider): boolean {
  return lacks(scenario, lab).length === 0;
}

/** Throws an explained error where the scenario needs something that such labs lack, with the labs that have it. */
export function demandAbilities(
  scenario: Pick<Scenario, 'name'> & Needs,
  lab: LabProvider,
  { labs }: LabRegistry,
): void {
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
