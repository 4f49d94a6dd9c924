import { wrongUsage } from '../../common/explained-error.ts';
import type { Profile } from '../../scenarios/profiles/profile.ts';
import type { ScenarioFlags } from './flags.ts';
import type { PreparedRun } from './prepared-run.ts';

type StageFlags = Pick<ScenarioFlags, 'present' | 'pace'>;

/** How a run is presented; undefined where it is not. Throws an explained error for a pace of what is not presented. */
export function presenting({ present, pace }: StageFlags): PreparedRun['present'] {
  if (present === true) return { paceMs: pace };
  if (pace === undefined) return undefined;
  throw wrongUsage(
    '--pace is the pace of a presentation',
    'add --present, or name a run to show again: --replay RUN',
  );
}

/**
 * How a run with this profile is presented; undefined where it is not. Throws an explained error, too, for a profile whose
 * iterations follow each other at once: a pause would change what they measure.
 */
export function presentingWith(profile: Profile, flags: StageFlags): PreparedRun['present'] {
  const present = presenting(flags);
  if (present === undefined || (profile.phase === 'random' && profile.repeats === 0)) return present;
  throw wrongUsage(
    `a run with the profile ${profile.name} can't be presented: it measures what a disturbance meets right after the recovery before, and a pause would change that`,
    'choose another profile, or make the run without --present and show that: --replay RUN',
  );
}

/** A presentation warms nothing up, and shows each disturbance once; the report says how few that are. */
export function profileFor(profile: Profile, { present }: StageFlags): Profile {
  return present === true ? { ...profile, warmups: 0, iterations: 1 } : profile;
}
