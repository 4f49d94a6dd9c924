import { styleText } from 'node:util';
import type { Clock } from '../../common/clock.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';
import type { Display, DisplayStream } from './display.ts';
import { liveArea } from './live-area.ts';
import { Forecast } from './forecast.ts';
import {
  iterationLine,
  roughly,
  stageWords,
  stepLine,
  timesOf,
  titleOf,
  type IterationEvent,
} from './run-words.ts';
import { stageNews } from './stage-news.ts';

const refreshMs = 1000;

/** What is known of a trial now. */
interface TrialState {
  readonly activity: string;
  /** When the stage began that it is at, where it is at one. */
  readonly stageAtMs?: number;
  readonly latest?: IterationEvent;
  /** When `latest` came. */
  readonly latestAtMs: number;
}

/** The rewritten line of a trial: how far it is, what it is doing, what is left, what was measured last. */
function trialLine(name: string, state: TrialState, nowMs: number): string {
  const { activity, stageAtMs, latest, latestAtMs } = state;
  const title = name.padEnd(8);
  const since = stageAtMs === undefined ? '' : ` · ${roughly(nowMs - stageAtMs)}`;
  if (latest === undefined) return `${title} ${activity}${since}`;
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

type TrialEvent = Exclude<RunEvent, { type: 'step' | 'observation' | 'milestone' }>;

function nextState(
  before: TrialState | undefined,
  event: TrialEvent,
  nowMs: number,
  isNewStage: boolean,
): TrialState {
  const known = before ?? { activity: '', latestAtMs: 0 };
  const { stageAtMs, ...rest } = known;
  if (event.type === 'activity') return { ...rest, activity: event.text };
  if (event.type === 'stage') {
    const { detail } = event.stage;
    const activity = [stageWords(event.stage), detail].filter((part) => part !== '').join(': ');
    return { ...rest, activity, stageAtMs: isNewStage ? nowMs : (stageAtMs ?? nowMs) };
  }
  return { ...known, latest: event, latestAtMs: nowMs };
}

/** Lines that stay scroll away above an area that is rewritten: a line for each trial and one for the whole. */
export function liveDisplay(stream: DisplayStream, clock: Clock, isColoured: boolean): Display {
  const style = (styles: Style, text: string): string =>
    isColoured ? styleText(styles, text, { validateStream: false }) : text;
  const area = liveArea(stream, (line) => style('dim', line));
  const trials = new Map<string, TrialState>();
  const forecast = new Forecast(clock);
  const isNews = stageNews();
  let isClosed = false;
  const draw = (): void => {
    // Before the first trial, and after the end, the terminal is another's to draw on.
    if (isClosed || trials.size === 0) return;
    const nowMs = clock.nowMs();
    area.replace([
      ...[...trials].map(([name, state]) => trialLine(name, state, nowMs)),
      [`${roughly(nowMs)} so far`, forecast.words(), 'Ctrl-C stops and keeps the results']
        .filter((words) => words !== '')
        .join(' · '),
    ]);
  };
  const say = (line: string): void => {
    if (!isClosed) area.erase();
    stream.write(`${line}\n`);
    draw();
  };
  const timer = setInterval(draw, refreshMs).unref();
  return {
    say,
    run: (event) => {
      if (event.type === 'observation' || event.type === 'milestone') return;
      if (event.type === 'iteration') forecast.note(event);
      if (event.type !== 'step') {
        const title = titleOf(event.trial);
        const isNewStage = event.type === 'stage' && isNews(title, event.stage);
        trials.set(title, nextState(trials.get(title), event, clock.nowMs(), isNewStage));
      }
      if (event.type === 'activity' || event.type === 'stage') draw();
      else say(style(styleOf(event), event.type === 'step' ? stepLine(event) : iterationLine(event)));
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      area.erase();
    },
  };
}
