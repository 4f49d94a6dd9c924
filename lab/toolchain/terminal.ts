import { advancedLine, finishedLine, startedLine } from './progress-text.ts';
import type { ToolchainProgress } from './progress.ts';

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/** Where lines pile up, one in so many milliseconds is enough. */
const plainIntervalMs = 30_000;

/** Goes to the start of the line and clears it (ECMA-48: CR, EL 2). */
const clearLine = '\r\u001b[2K';

function plainProgress(stream: Stream): ToolchainProgress {
  let saidAtMs = 0;
  const writeLine = (line: string): void => {
    stream.write(`${line}\n`);
  };
  return {
    started: (step) => {
      saidAtMs = step.elapsedMs;
      writeLine(startedLine(step));
    },
    advanced: (step, detail) => {
      if (step.elapsedMs - saidAtMs < plainIntervalMs) return;
      saidAtMs = step.elapsedMs;
      writeLine(advancedLine(step, detail));
    },
    finished: (step, durationMs) => {
      writeLine(finishedLine(step, durationMs));
    },
    notice: writeLine,
  };
}

function rewritingProgress(stream: Stream): ToolchainProgress {
  const rewrite = (line: string): void => {
    // A line that wraps could not be cleared.
    stream.write(`${clearLine}${line.slice(0, stream.columns - 1)}`);
  };
  const keep = (line: string): void => {
    stream.write(`${clearLine}${line}\n`);
  };
  return {
    started: (step) => {
      rewrite(startedLine(step));
    },
    advanced: (step, detail) => {
      rewrite(advancedLine(step, detail));
    },
    finished: (step, durationMs) => {
      keep(finishedLine(step, durationMs));
    },
    notice: keep,
  };
}

/** Shows progress: on a terminal in one line that is rewritten, elsewhere in plain lines without control codes. */
export function toolchainProgress(stream: Stream): ToolchainProgress {
  return stream.isTTY ? rewritingProgress(stream) : plainProgress(stream);
}
