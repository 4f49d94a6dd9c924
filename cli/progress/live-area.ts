import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { DisplayStream } from './display.ts';

/** Lines at the end of a terminal that are rewritten in place. */
interface LiveArea {
  /** Puts these lines in the place of those before. */
  readonly replace: (lines: readonly string[]) => void;
  /** Removes the lines. */
  readonly erase: () => void;
}

/** An empty area. The cursor stays visible, so that there is nothing to restore after a crash. */
export function liveArea(stream: DisplayStream, style: (line: string) => string): LiveArea {
  let drawnLines = 0;
  const erase = (): void => {
    cursorTo(stream, 0);
    if (drawnLines > 0) moveCursor(stream, 0, -drawnLines);
    clearScreenDown(stream);
    drawnLines = 0;
  };
  return {
    erase,
    replace: (lines) => {
      erase();
      // A line that wraps would be counted as one and not be erased.
      const columns = stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns;
      const fitting = lines.map((line) => style(line.slice(0, Math.max(1, columns - 1))));
      stream.write(fitting.map((line) => `${line}\n`).join(''));
      drawnLines = fitting.length;
    },
  };
}
