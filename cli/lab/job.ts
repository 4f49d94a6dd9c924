import { stringify } from 'yaml';
import { wrongUsage } from '../../common/explained-error.ts';
import { existing } from '../../lab/existing/provider.ts';
import { jobManifests } from '../../lab/existing/job/job-manifests.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { findNamed } from '../choices.ts';
import { demandAbilities } from '../scenario/choose-lab.ts';
import { chooseProfile } from '../scenario/choose-profile.ts';
import type { Surroundings } from '../surroundings.ts';

interface JobFlags {
  readonly image: string;
  readonly parts: number;
  readonly iterations: number;
  readonly seed: number;
  readonly profile?: string | undefined;
}

/** What the parts are told by the Job itself. */
const settled = [
  '--lab',
  '--context',
  '--consent',
  '--host-address',
  '--profile',
  '--seed',
  '--iterations',
  '--out',
];

/** What can't be had inside the cluster. */
const outside = ['--scenarios', '--resume', '--load-images', '--stand-ins'];

function demandPassedOn(words: readonly string[]): void {
  const among = (flags: readonly string[]): string | undefined =>
    flags.find((flag) => words.some((word) => word === flag || word.startsWith(`${flag}=`)));
  const set = among(settled);
  if (set !== undefined) {
    throw wrongUsage(
      `${set} is set by the Job itself`,
      'leave it out; --iterations, --seed and --profile go before the --, to the Job',
    );
  }
  const lacking = among(outside);
  if (lacking !== undefined)
    throw wrongUsage(`${lacking} can't be used inside the cluster`, 'there is no such file or program there');
}

/** The manifests of a run inside a cluster, as YAML. Throws an explained error where there is no such scenario, or more parts than iterations. */
export async function jobText(
  scenario: string,
  words: readonly string[],
  { profile: typed, ...flags }: JobFlags,
  surroundings: Pick<Surroundings, 'registry' | 'environment'>,
): Promise<string> {
  const { registry } = surroundings;
  demandAbilities(findNamed('scenario', scenario, registry.scenarios), existing({}), registry);
  demandPassedOn(words);
  if (flags.parts > flags.iterations) {
    throw wrongUsage(
      `${flags.iterations} iterations can't be shared out over ${flags.parts} parts`,
      'give each part one at least',
    );
  }
  const isBuiltIn = builtInProfiles.some(({ name }) => name === typed);
  const profile =
    typed === undefined || isBuiltIn ? undefined : stringify(await chooseProfile(typed, surroundings));
  const chosen = typed !== undefined && isBuiltIn ? ['--profile', typed] : [];
  const objects = jobManifests({ ...flags, profile, words: [scenario, ...words, ...chosen] });
  return objects.map((object) => stringify(object)).join('---\n');
}
