import type { DisplayStream } from './display.ts';

/** Lines at the end of a terminal that are rewritten in place. */
interface LiveArea {
  /** Puts these lines in the place of those before. */
  readonly replace: (lines: readonly string[]) => void;
  /** Removes the lines. */
  readonly erase: () => void;
}

/** The control sequences that go to the first of so many lines and clear from there (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html). */
function backBy(lines: number): string {
  return `\u001b[1G${lines === 0 ? '' : `\u001b[${lines}A`}\u001b[0J`;
}

/** An empty area. The cursor stays visible, so that there is nothing to restore after a crash. `style` is given each line with its position. */
export function liveArea(stream: DisplayStream, style: (line: string, index: number) => string): LiveArea {
  let drawnLines = 0;
  return {
    erase: () => {
      stream.write(backBy(drawnLines));
      drawnLines = 0;
    },
    replace: (lines) => {
      // A line that wraps would be counted as one and not be erased.
      const columns = stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns;
      const fitting = lines.map((line, index) => style(line.slice(0, Math.max(1, columns - 1)), index));
      // At once, so that nobody sees the empty area in between.
      stream.write(`${backBy(drawnLines)}${fitting.map((line) => `${line}\n`).join('')}`);
      drawnLines = fitting.length;
    },
  };
}
