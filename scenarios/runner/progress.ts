import type { LabProgress } from '../../lab/provider.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import type { Milestone } from './milestones.ts';

/** One of an engine's trials. */
export interface TrialName {
  readonly engine: EngineName;
  /** From 1. */
  readonly trial: number;
}

/** What a run tells while it goes on; the command line turns it into lines. */
export type RunEvent =
  /** Something was done that takes its time; shown once. */
  | { readonly type: 'step'; readonly trial?: TrialName; readonly text: string }
  /** A stage of something that takes minutes goes on: a line where it is a new one, and in between what it is at. */
  | { readonly type: 'stage'; readonly trial: TrialName; readonly stage: LabProgress }
  /** What a trial is at now; replaces what it was at before. */
  | { readonly type: 'activity'; readonly trial: TrialName; readonly text: string }
  /** A step of a recovery was reached, or is lost again. */
  | { readonly type: 'milestone'; readonly trial: TrialName; readonly milestone: Milestone }
  /** A fact has been recorded. */
  | { readonly type: 'observation'; readonly observation: Observation }
  /** An iteration has ended and is on disk. */
  | {
      readonly type: 'iteration';
      readonly trial: TrialName;
      readonly iteration: Iteration;
      readonly done: number;
      readonly total: number;
      /** What this trial will still take, going by the iterations so far. */
      readonly remainingMs: number;
      /** It is invalid, and comes again. */
      readonly isMadeAgain?: boolean;
    };

/** Takes the events of a run; must not throw. */
export type RunProgress = (event: RunEvent) => void;
