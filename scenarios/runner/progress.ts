import type { EngineName, Iteration } from '../../reports/record/schema.ts';

/** What a run tells while it goes on; the command line turns it into lines. */
export type RunEvent =
  /** Something was done that takes its time; shown once. */
  | { readonly type: 'step'; readonly engine?: EngineName; readonly text: string }
  /** What an engine's trial is at now; replaces what it was at before. */
  | { readonly type: 'activity'; readonly engine: EngineName; readonly text: string }
  /** An iteration has ended and is on disk. */
  | {
      readonly type: 'iteration';
      readonly engine: EngineName;
      readonly iteration: Iteration;
      readonly done: number;
      readonly total: number;
      /** What this engine's trial will still take, going by the iterations so far. */
      readonly remainingMs: number;
    };

/** Takes the events of a run; must not throw. */
export type RunProgress = (event: RunEvent) => void;
