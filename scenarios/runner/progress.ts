import type { EngineName, Iteration } from '../../reports/record/schema.ts';

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
  /** What a trial is at now; replaces what it was at before. */
  | { readonly type: 'activity'; readonly trial: TrialName; readonly text: string }
  /** An iteration has ended and is on disk. */
  | {
      readonly type: 'iteration';
      readonly trial: TrialName;
      readonly iteration: Iteration;
      readonly done: number;
      readonly total: number;
      /** What this trial will still take, going by the iterations so far. */
      readonly remainingMs: number;
    };

/** Takes the events of a run; must not throw. */
export type RunProgress = (event: RunEvent) => void;
