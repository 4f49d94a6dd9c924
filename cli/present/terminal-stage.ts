import { styleText } from 'node:util';
import type { DisplayStream } from '../progress/display.ts';
import { liveArea } from '../progress/live-area.ts';
import { largeFigures, stopwatchText } from './figures.ts';
import type { DrawnStage, StageOptions } from './stage.ts';
import type { Frame, LineKind, StageLine } from './stage-line.ts';
import { wrapped } from './wrap.ts';

type Style = Parameters<typeof styleText>[0];

/** Often enough for tenths of a second. */
const refreshMs = 100;
/** How much of a terminal the figures may take. */
const figuresShare = 0.4;

const styles: Readonly<Record<LineKind, Style>> = {
  heading: ['bold', 'inverse'],
  sentence: 'bold',
  command: ['bold', 'cyan'],
  answer: 'reset',
  fact: 'reset',
  warning: 'yellow',
  milestone: ['bold', 'green'],
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  note: 'dim',
};

const figureStyles: Readonly<Record<Frame['state'], Style>> = {
  quiet: 'dim',
  running: ['bold', 'yellow'],
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
};

interface Size {
  readonly columns: number;
  readonly rows: number;
}

function cutTo(columns: number, text: string): string {
  return text.length < columns ? text : `${text.slice(0, columns - 2)}…`;
}

/** Sentences go on in the next line, and so do commands and answers, as a terminal has them; a row of a timeline is cut off. */
function linesOf({ kind, text }: StageLine, { columns }: Size): string[] {
  if (kind === 'heading') return [cutTo(columns, ` ${text} `), ''];
  if (kind === 'sentence') return [...wrapped(text, columns - 1), ''];
  if (kind === 'good' || kind === 'bad' || kind === 'note') return wrapped(text, columns - 1);
  if (kind === 'command') return [`$ ${text}`];
  return [kind === 'answer' ? text : cutTo(columns, text)];
}

/** The lines that are rewritten, each with its looks. */
function areaOf(
  { show, nowMs, banner }: StageOptions,
  prompt: readonly string[],
  { columns, rows }: Size,
): { readonly text: string; readonly style: Style }[] {
  const { caption, sinceMs, stoppedAtMs, state, activity } = show.frame();
  const elapsedMs = stoppedAtMs ?? (sinceMs === undefined ? 0 : nowMs() - sinceMs);
  const text = stopwatchText(elapsedMs, stoppedAtMs !== undefined);
  const room = { columns: columns - 3, lines: Math.floor(rows * figuresShare) };
  const figures = caption === '' ? [] : largeFigures(text, room);
  const line = (content: string, style: Style) => ({ text: content, style });
  return [
    line('─'.repeat(columns - 1), 'dim'),
    ...[banner, caption].filter((content) => content !== '').map((content) => line(` ${content}`, 'bold')),
    ...(figures.length === 0 ? [] : [line('', 'reset')]),
    ...figures.map((content) => line(`  ${content}`, figureStyles[state])),
    ...(figures.length === 0 ? [] : [line('', 'reset')]),
    line(activity === '' ? '' : ` ${activity}`, 'dim'),
    ...prompt
      .flatMap((content) => wrapped(content, columns - 2))
      .map((content) => line(` ${content}`, 'bold')),
  ];
}

/**
 * A terminal as a stage: each iteration begins with an empty screen. At its bottom, always in the same place, stand the
 * stopwatch in large figures and what can be done; what happens comes above.
 */
export function terminalStage(stream: DisplayStream, isColoured: boolean, options: StageOptions): DrawnStage {
  const size = (): Size => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 });
  const style = (looks: Style, text: string): string =>
    isColoured && text !== '' ? styleText(looks, text, { validateStream: false }) : text;
  let prompt: readonly string[] = [];
  let isClosed = false;
  let drawn: readonly { readonly style: Style }[] = [];
  const area = liveArea(stream, (line, index) => style(drawn[index]?.style ?? 'reset', line));
  const draw = (): void => {
    if (isClosed) return;
    const lines = areaOf(options, prompt, size());
    drawn = lines;
    area.replace(lines.map(({ text }) => text));
  };
  const timer = setInterval(draw, refreshMs).unref();
  const close = (): void => {
    if (isClosed) return;
    // Left as it stands: the last time is not to vanish from the stage.
    prompt = [];
    draw();
    isClosed = true;
    clearInterval(timer);
  };
  return {
    add: (lines) => {
      if (!isClosed) area.erase();
      // Scrolled away, and not wiped out, so that one can look back.
      if (lines[0]?.kind === 'heading') stream.write('\n'.repeat(size().rows));
      const text = lines.flatMap((one) => linesOf(one, size()).map((line) => style(styles[one.kind], line)));
      stream.write(text.map((line) => `${line}\n`).join(''));
      draw();
    },
    prompt: (lines) => {
      prompt = lines;
      draw();
    },
    close,
  };
}
