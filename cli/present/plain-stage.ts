import type { DisplayStream } from '../progress/display.ts';
import { stopwatchText } from './figures.ts';
import type { DrawnStage, StageOptions } from './stage.ts';
import type { StageLine } from './stage-line.ts';

function plainText({ kind, text }: StageLine): string {
  if (kind === 'command') return `$ ${text}`;
  if (kind === 'warning') return `! ${text}`;
  return text;
}

/** Lines without control codes, and the stopwatch in a line of its own once it has stopped. */
export function plainStage(stream: DisplayStream, { show, banner }: StageOptions): DrawnStage {
  let stoppedAtMs: number | undefined;
  const write = (line: string): void => {
    stream.write(`${line}\n`);
  };
  if (banner !== '') write(banner);
  return {
    add: (lines) => {
      for (const line of lines) {
        if (line.kind === 'heading') write('');
        write(plainText(line));
      }
      const { stoppedAtMs: now } = show.frame();
      if (now !== undefined && now !== stoppedAtMs) write(`=== ${stopwatchText(now, true)} ===`);
      stoppedAtMs = now;
    },
    prompt: (lines, kind) => {
      if (kind === 'pause') for (const line of lines) write(`(${line})`);
    },
    close: () => undefined,
  };
}
