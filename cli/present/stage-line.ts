/** What a line is about; a terminal gives each its looks. */
export type LineKind =
  'heading' | 'sentence' | 'command' | 'answer' | 'fact' | 'warning' | 'milestone' | 'good' | 'bad' | 'note';

/** A line that stays on the stage. */
export interface StageLine {
  readonly kind: LineKind;
  readonly text: string;
}

/** What is rewritten in place. */
export interface Frame {
  /** What the stopwatch is of: `Flux · delete-deployment · 1 of 18`; empty before the first. */
  readonly caption: string;
  /** When the stopwatch began, on the clock of the stage; undefined while nothing is disturbed. */
  readonly sinceMs: number | undefined;
  /** What it stands at, where it has stopped. */
  readonly stoppedAtMs: number | undefined;
  /** `good`: all is well again; `bad`: it is over, and is not. */
  readonly state: 'quiet' | 'running' | 'good' | 'bad';
  /** What is waited for, of whoever is not on the stage as well. */
  readonly activity: string;
}
