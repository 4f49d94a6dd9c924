import { stringify } from 'yaml';
import { wrongUsage } from '../../common/explained-error.ts';
import { jobManifests } from '../../lab/existing/job/job-manifests.ts';
import { findNamed } from '../choices.ts';
import type { Registry } from '../surroundings.ts';

interface JobFlags {
  readonly image: string;
  readonly parts: number;
  readonly iterations: number;
  readonly seed: number;
}

/** What the parts are told by the Job itself. */
const settled = ['--lab', '--context', '--consent', '--host-address', '--seed', '--iterations', '--out'];

/** The manifests of a run inside a cluster, as YAML. Throws an explained error where there is no such scenario, or more parts than iterations. */
export function jobText(
  scenario: string,
  words: readonly string[],
  flags: JobFlags,
  registry: Registry,
): string {
  findNamed('scenario', scenario, registry.scenarios);
  const wrong = words.find((word) => settled.some((flag) => word === flag || word.startsWith(`${flag}=`)));
  if (wrong !== undefined) throw wrongUsage(`${wrong} is set by the Job itself`, 'leave it out');
  if (flags.parts > flags.iterations) {
    throw wrongUsage(
      `${flags.iterations} iterations can't be shared out over ${flags.parts} parts`,
      'give each part one at least',
    );
  }
  const objects = jobManifests({ ...flags, words: [scenario, ...words] });
  return objects.map((object) => stringify(object)).join('---\n');
}
