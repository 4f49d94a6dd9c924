import { parseDurationMs } from '../../common/duration.ts';
import type { LabProvider } from '../../lab/provider.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { Profile } from '../profiles/profile.ts';
import type { JudgeRules } from './judge.ts';
import type { Disturbance, Scenario } from '../scenario.ts';

/** A run that was asked for; everything in it has been checked. */
export interface RunRequest {
  readonly scenario: Scenario;
  /** The disturbances to make, in the scenario's order. */
  readonly disturbances: readonly Disturbance[];
  readonly engines: readonly EngineName[];
  /** The kind of lab that it is made in, and how many nodes each has. */
  readonly lab: LabProvider;
  readonly nodes: number;
  readonly profile: Profile;
  readonly iterations: number;
  readonly timeoutMs: number;
  readonly seed: number;
  /** What the run is held against when it ends, as it was typed. */
  readonly thresholds: readonly string[];
  /** The folder that holds the runs, `reports/runs` where the user names none. */
  readonly outputRoot: string;
  /** The interrupted run that is gone on with. */
  readonly resumes?: RecordedRun | undefined;
  /** Leaves the labs running at the end. */
  readonly keepLab: boolean;
  /** As the user typed it, for the report. */
  readonly commandLine: readonly string[];
}

/** What the iterations of a run with this profile are held to. */
export function rulesOf({ hold, limits }: Profile): JudgeRules {
  const { heldUp, ...shares } = limits;
  return {
    holdMs: parseDurationMs(hold, 'hold'),
    limits: { ...shares, heldUpMs: parseDurationMs(heldUp, 'heldUp') },
  };
}
