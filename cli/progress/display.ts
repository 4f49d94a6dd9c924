import type { RunProgress } from '../../scenarios/runner/progress.ts';

/** Where progress is shown; a terminal where `isTTY` is true. */
export type DisplayStream = NodeJS.WritableStream &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>;

/** Shows how a run goes on. */
export interface Display {
  readonly run: RunProgress;
  /** Writes a line that stays. */
  readonly say: (line: string) => void;
  /** Ends what is rewritten; lines may go on. */
  readonly close: () => void;
}
