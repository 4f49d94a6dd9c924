import { engineNames } from '../../reports/record/schema.ts';
import { reportFormats } from '../../reports/render/formats.ts';
import { conditions as calibrateConditions } from '../../scenarios/calibrate/conditions.ts';
import { conditions as wipeConditions } from '../../scenarios/cluster-wipe/wipe-request.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { toolNames } from '../../lab/toolchain/toolchain.ts';
import { allScenarios, type Registry } from '../surroundings.ts';
import { shells } from './shells.ts';

/** What a shell can offer in the place of a flag's value or an argument. */
export type Values =
  /** Some names; several of them apart by commas where it is a list; files, too, where one may be meant. */
  | {
      readonly kind: 'names';
      readonly names: readonly string[];
      readonly isList?: true;
      readonly orFiles?: true;
    }
  /** Names apart by commas, which depend on the scenario that is typed. */
  | { readonly kind: 'ofScenario'; readonly names: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'files' }
  | { readonly kind: 'directories' }
  /** The labs that are there when the key is pressed. */
  | { readonly kind: 'labs' }
  /** Nothing is known of it, such as of a number. */
  | { readonly kind: 'free' };

const free: Values = { kind: 'free' };
const files: Values = { kind: 'files' };
const directories: Values = { kind: 'directories' };
const names = (...known: readonly string[]): Values => ({ kind: 'names', names: known });

const namesOf = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name);

function disturbanceNames(registry: Registry): Record<string, readonly string[]> {
  const { scenarios } = registry;
  return {
    ...Object.fromEntries(scenarios.map(({ name, disturbances }) => [name, namesOf(disturbances)])),
    calibrate: namesOf(calibrateConditions),
    'cluster-wipe': namesOf(wipeConditions),
    all: namesOf(allScenarios(registry)).filter((name) => name !== 'all'),
  };
}

/** The values of flags, by their names, and by `COMMAND --FLAG` where a command has others. */
export function flagValues(registry: Registry): Readonly<Record<string, Values>> {
  const labs = registry.labs.map(({ name }) => name);
  // A lab that stays would keep a cluster of others', and has one engine.
  const own = registry.labs.filter(({ choose }) => choose({}).abilities.clusters === undefined);
  const list = (known: readonly string[]): Values => ({ kind: 'names', names: known, isList: true });
  return {
    '--lab': names(...labs),
    'lab up --lab': names(...namesOf(own)),
    '--engine': list(engineNames),
    'lab up --engine': names('none', ...registry.engines),
    '--profile': { kind: 'names', names: namesOf(builtInProfiles), orFiles: true },
    '--only': { kind: 'ofScenario', names: disturbanceNames(registry) },
    '--engine-on': names('cluster', 'host'),
    '--format': names(...reportFormats),
    '--fail-on': names('regression'),
    '--scenarios': directories,
    '--out': directories,
    'lab job-image --out': files,
    '--resume': directories,
    '--replay': directories,
    '--into': files,
    '--load-images': free,
    '--iterations': free,
    '--nodes': free,
    '--parts': free,
    '--seed': free,
    '--timeout': free,
    '--minimum': free,
    '--pod-start': free,
    '--pace': free,
    '--threshold': free,
    '--iteration': free,
    '--image': free,
    '--context': free,
    '--consent': free,
    '--host-address': free,
  };
}

/** The values of each command's arguments in turn; the last one's go on where it takes several. */
export function argumentValues(registry: Registry): Readonly<Record<string, readonly Values[]>> {
  const scenarios = namesOf(allScenarios(registry));
  const run: Values = { kind: 'names', names: ['latest', ...scenarios], orFiles: true };
  const lab: Values = { kind: 'labs' };
  return {
    scenario: [names(...scenarios)],
    'lab up': [free],
    'lab logs': [lab, free],
    'lab kubeconfig': [lab],
    'lab wipe': [lab],
    'lab down': [lab],
    'lab job': [names(...namesOf(registry.scenarios)), free],
    'lab job-image': [names(...namesOf(registry.scenarios))],
    report: [run],
    'report compare': [run],
    'report merge': [run],
    'report features': [run],
    toolchain: [names(...toolNames)],
    completion: [names(...shells)],
  };
}
