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

/** A presentation warms nothing up, and shows each disturbance once; the report says how few that are. */
export function profileFor(profile: Profile, { present }: StageFlags): Profile {
  return present === true ? { ...profile, warmups: 0, iterations: 1 } : profile;
}
