import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { styleText } from 'node:util';
import type { Clock } from '../../common/clock.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';
import type { Display, DisplayStream } from './display.ts';
import { iterationLine, roughly, stepLine, timesOf, titleOf, type IterationEvent } from './run-words.ts';

const refreshMs = 1000;

/** What is known of an engine's trial now. */
interface TrialState {
  readonly activity: string;
  readonly latest?: IterationEvent;
  /** When `latest` came. */
  readonly latestAtMs: number;
}

/** The rewritten line of an engine: how far it is, what it is doing, what is left, what was measured last. */
function trialLine(engine: EngineName, { activity, latest, latestAtMs }: TrialState, nowMs: number): string {
  const title = titleOf(engine).padEnd(8);
  if (latest === undefined) return `${title} ${activity}`;
  const leftMs = latest.remainingMs - (nowMs - latestAtMs);
  const left = latest.done === latest.total ? 'done' : `about ${roughly(leftMs)} left`;
  const times = timesOf(latest.iteration);
  const last = times === '' ? '' : ` · last: ${times}`;
  return `${title} ${latest.done}/${latest.total} ${activity} · ${left}${last}`;
}

type Style = Parameters<typeof styleText>[0];

function styleOf(event: RunEvent): Style {
  if (event.type !== 'iteration') return 'bold';
  const { verdict } = event.iteration;
  return verdict === 'valid' ? 'green' : verdict === 'censored' ? 'yellow' : 'red';
}

/** Lines that stay scroll away above an area that is rewritten: a line for each engine and one for the whole. */
export function liveDisplay(stream: DisplayStream, clock: Clock, isColoured: boolean): Display {
  const trials = new Map<EngineName, TrialState>();
  let drawnLines = 0;
  const style = (styles: Style, text: string): string =>
    isColoured ? styleText(styles, text, { validateStream: false }) : text;

  const erase = (): void => {
    cursorTo(stream, 0);
    if (drawnLines > 0) moveCursor(stream, 0, -drawnLines);
    clearScreenDown(stream);
    drawnLines = 0;
  };
  const draw = (): void => {
    if (trials.size === 0) return;
    const nowMs = clock.nowMs();
    const lines = [
      ...[...trials].map(([engine, state]) => trialLine(engine, state, nowMs)),
      `${roughly(nowMs)} so far · Ctrl-C stops and keeps the results`,
    ];
    // A line that wraps would be counted as one and not be erased.
    const columns = stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns;
    const fitting = lines.map((line) => line.slice(0, Math.max(1, columns - 1)));
    stream.write(fitting.map((line) => `${style('dim', line)}\n`).join(''));
    drawnLines = fitting.length;
  };
  const redraw = (): void => {
    erase();
    draw();
  };
  const say = (line: string): void => {
    erase();
    stream.write(`${line}\n`);
    draw();
  };
  const timer = setInterval(redraw, refreshMs).unref();

  const update = (event: Exclude<RunEvent, { type: 'step' }>): void => {
    const before = trials.get(event.engine) ?? { activity: '', latestAtMs: 0 };
    const after =
      event.type === 'activity'
        ? { ...before, activity: event.text }
        : { ...before, latest: event, latestAtMs: clock.nowMs() };
    trials.set(event.engine, after);
  };
  return {
    say,
    run: (event) => {
      if (event.type !== 'step') update(event);
      if (event.type === 'activity') redraw();
      else say(style(styleOf(event), event.type === 'step' ? stepLine(event) : iterationLine(event)));
    },
    close: () => {
      clearInterval(timer);
      erase();
      trials.clear();
    },
  };
}
