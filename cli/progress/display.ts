import type { Clock } from '../../common/clock.ts';
import type { RunProgress } from '../../scenarios/runner/progress.ts';
import { liveDisplay } from './live-display.ts';
import { plainDisplay } from './plain-display.ts';

/** Where progress is shown; a terminal where `isTTY` is true. */
export type DisplayStream = NodeJS.WritableStream & Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>;

/** Shows how a run goes on. */
export interface Display {
  readonly run: RunProgress;
  /** Writes a line that stays. */
  readonly say: (line: string) => void;
  /** Ends what is rewritten; lines may go on. */
  readonly close: () => void;
}

/** A display that suits the stream: rewritten lines on a terminal, plain ones elsewhere and in CI. */
export function openDisplay(stream: DisplayStream, environment: NodeJS.ProcessEnv, clock: Clock): Display {
  const isDumb = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== '';
  if (stream.isTTY !== true || isDumb) return plainDisplay(stream, clock);
  const isColoured = (environment['NO_COLOR'] ?? '') === '';
  return liveDisplay(stream, clock, isColoured);
}
