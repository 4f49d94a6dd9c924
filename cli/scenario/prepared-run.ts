import type { RecordedRun } from '../../reports/record/reader.ts';
import type { Results } from '../../reports/record/schema.ts';
import type { RunSurroundings } from '../../scenarios/runner/run-scenario.ts';
import type { ScenarioFlags } from './flags.ts';

/** A run that was asked for, checked, and can be made. */
export interface PreparedRun {
  readonly outputRoot: string;
  readonly seed: number;
  /** The interrupted run that is gone on with. */
  readonly resumes?: RecordedRun | undefined;
  /** What it would do, as data and as people read it. */
  readonly plan: () => unknown;
  readonly planText: () => string;
  readonly make: (
    surroundings: RunSurroundings,
  ) => Promise<{ readonly directory: string; readonly results: Results }>;
}

/** A scenario that makes its runs in a way of its own, and not by disturbing engines one iteration after another. */
export interface OtherScenario {
  readonly name: string;
  /** What it does, in one sentence without a stop, for lists. */
  readonly summary: string;
  /** The run that the flags ask for. Throws an explained error for a flag that it has no use for. */
  readonly prepare: (
    flags: ScenarioFlags,
    environment: NodeJS.ProcessEnv,
    words: readonly string[],
  ) => PreparedRun | Promise<PreparedRun>;
}
