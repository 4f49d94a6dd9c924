import type { Command } from '@commander-js/extra-typings';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from '../common/own-command.ts';
import type { LabProvider } from '../lab/provider.ts';
import type { EngineName } from '../reports/record/schema.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Interruption } from './interruption.ts';
import type { LabFlags } from './scenario/flags.ts';
import type { OtherScenario } from './scenario/prepared-run.ts';

/** A kind of lab that can be chosen. */
export interface RegisteredLab {
  readonly name: string;
  /** What it is, for lists. */
  readonly summary: string;
  /** What of a kind of lab it can be told. */
  readonly flags: readonly (keyof LabFlags)[];
  /** Its labs, as these flags say. Throws an explained error where they can't be meant. */
  readonly choose: (flags: LabFlags) => LabProvider;
}

/** What there is to choose from; the first of each is the default, all engines together are theirs. */
export interface Registry {
  readonly labs: readonly [RegisteredLab, ...RegisteredLab[]];
  readonly engines: readonly [EngineName, ...EngineName[]];
  readonly scenarios: readonly [Scenario, ...Scenario[]];
  /** Scenarios that make their runs in ways of their own. */
  readonly otherScenarios: readonly OtherScenario[];
}

/** Everything that `scenario NAME` can run. */
export function allScenarios({ scenarios, otherScenarios }: Registry): readonly (Scenario | OtherScenario)[] {
  return [...scenarios, ...otherScenarios];
}

/** What every command works with. */
export interface Surroundings {
  readonly registry: Registry;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly interruption: Interruption;
  /** Sets what the process will end with. */
  readonly setExitCode: (exitCode: number) => void;
}

/** Adds a command, or a group of them, to the program. */
export type AddCommand = (program: Command, surroundings: Surroundings) => void;

/** The directory of this program. */
export const programDirectory = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Where runs lie unless the user says otherwise: in a checkout, or else below the directory that the user is in. */
export const runsDirectory = path.join(isInstalled() ? process.cwd() : programDirectory, 'reports', 'runs');

/** Where the user is: npm changes the directory for its scripts, and says where the user was (https://docs.npmjs.com/cli/commands/npm-run). */
function userDirectory(environment: NodeJS.ProcessEnv): string {
  return isInstalled(environment) ? process.cwd() : (environment['INIT_CWD'] ?? process.cwd());
}

/** A path that the user typed. */
export function resolveUserPath(typed: string, { environment }: Pick<Surroundings, 'environment'>): string {
  return path.resolve(userDirectory(environment), typed);
}

/** A path as a person would type it from where the user is, where that is shorter. */
export function shortPath(absolute: string, { environment }: Pick<Surroundings, 'environment'>): string {
  const relative = path.relative(userDirectory(environment), absolute);
  return relative.startsWith('..') || relative === '' ? absolute : relative;
}
