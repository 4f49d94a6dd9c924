/** One row of an iteration's timeline. */
export interface TimelineEntry {
  /** From the zero of time; below zero before it. */
  readonly offsetMs: number;
  /** The offset is of a time in whole seconds, and up to half a second off. */
  readonly isRough: boolean;
  /** Who tells it: `API server`, `engine status`, `event`, `log:NAME`, `harness`, or `measured` for a milestone. */
  readonly source: string;
  readonly isWarning: boolean;
  readonly text: string;
}
