import type { Show } from './show.ts';
import type { StageLine } from './stage-line.ts';

/** Where a show is drawn. */
export interface DrawnStage {
  /** Lines that stay, in their order; what is rewritten in place is drawn anew. */
  readonly add: (lines: readonly StageLine[]) => void;
  /** What is to come and what can be done now: a pause waits for it, a hint is there for who wants it. */
  readonly prompt: (lines: readonly string[], kind: 'pause' | 'hint') => void;
  /** Ends what is rewritten in place; it is left as it stands. */
  readonly close: () => void;
}

/** What a stage draws, and how. */
export interface StageOptions {
  readonly show: Pick<Show, 'frame'>;
  readonly nowMs: () => number;
  /** Stands on the stage all the time: of a replay, that it is one; empty where there is nothing to say. */
  readonly banner: string;
}
