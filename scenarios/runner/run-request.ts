import type { EngineName } from '../../reports/record/schema.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Disturbance, Scenario } from '../scenario.ts';

/** A run that was asked for; everything in it has been checked. */
export interface RunRequest {
  readonly scenario: Scenario;
  /** The disturbances to make, in the scenario's order. */
  readonly disturbances: readonly Disturbance[];
  readonly engines: readonly EngineName[];
  readonly profile: Profile;
  readonly iterations: number;
  readonly timeoutMs: number;
  readonly seed: number;
  /** The folder that holds the runs, `reports/runs` where the user names none. */
  readonly outputRoot: string;
  /** Leaves the labs running at the end. */
  readonly keepLab: boolean;
  /** As the user typed it, for the report. */
  readonly commandLine: readonly string[];
}
