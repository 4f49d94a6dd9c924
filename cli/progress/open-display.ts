import type { Clock } from '../../common/clock.ts';
import type { Display, DisplayStream } from './display.ts';
import { liveDisplay } from './live-display.ts';
import { plainDisplay } from './plain-display.ts';

/** A display that suits the stream: rewritten lines on a terminal, plain ones elsewhere and in CI. */
export function openDisplay(stream: DisplayStream, environment: NodeJS.ProcessEnv, clock: Clock): Display {
  const isDumb = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== '';
  if (stream.isTTY !== true || isDumb) return plainDisplay(stream, clock);
  const isColoured = (environment['NO_COLOR'] ?? '') === '';
  return liveDisplay(stream, clock, isColoured);
}
