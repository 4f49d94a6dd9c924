import { historyEntries } from '../../reports/attribution/entries.ts';
import { oneLine } from '../../reports/attribution/log-line.ts';
import type { TimelineEntry } from '../../reports/attribution/timeline-entry.ts';
import { offsetText } from '../../reports/attribution/timeline-text.ts';
import { timelineOf } from '../../reports/attribution/timeline.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import { formatEstimate } from '../../reports/render/format.ts';
import { engineColours, engineLabels } from '../../reports/render/names.ts';
import { outcomeOf, roughly } from '../progress/run-words.ts';
import type {
  Drawing,
  EngineDrawing,
  LabDrawing,
  LastDrawing,
  Point,
  RunningDrawing,
  TimelineDrawing,
} from './drawing.ts';
import type { FinishedState, RunningState, TrialState, ViewState } from './view-state.ts';

/** As many as fit a screen beside the rest of it. */
const maxEntries = 14;
/** In characters; whoever wants all of it finds it in the report. */
const longestText = 120;
/** What an engine did right before it was disturbed explains what it does then. */
const leadMs = 250;

/** What the page shows of a state at `nowMs` of the view's clock. */
export function draw(state: ViewState, nowMs: number): Drawing {
  const { subject, part, step, ending } = state;
  const { scenario, lab, profile, disturbances } = subject;
  const engines = subject.engines.map((engine) => drawEngine(engine, state, nowMs));
  const frame = { scenario, lab, profile, part, step, disturbances };
  return { ...frame, sentMs: nowMs, engines, ending: ending ?? null };
}

function drawEngine(name: EngineName, state: ViewState, nowMs: number): EngineDrawing {
  const own = Object.values(state.trials).filter(({ trial }) => trial.engine === name);
  const hasEnded = state.ending !== undefined;
  const labs = own
    .toSorted((left, right) => left.trial.trial - right.trial.trial)
    .map((trial) => drawLab(trial, { isAlone: own.length === 1, hasEnded, nowMs }));
  return { name, title: engineLabels[name], colour: engineColours[name], labs };
}

interface Around {
  readonly isAlone: boolean;
  readonly hasEnded: boolean;
  readonly nowMs: number;
}

function drawLab(state: TrialState, { isAlone, hasEnded, nowMs }: Around): LabDrawing {
  const { trial, activity, done, total, running, last } = state;
  const isMade = running === undefined && total > 0 && done === total;
  return {
    key: trialTitle(trial),
    title: isAlone ? '' : `lab ${trial.trial}`,
    activity: hasEnded ? 'ended' : isMade ? 'all iterations are made' : activity,
    done,
    total,
    left: hasEnded ? '' : leftWords(state, nowMs),
    running:
      hasEnded || isMade || (running === undefined && total === 0) ? null : drawRunning(running, nowMs),
    timeline: drawTimeline(running, last),
    last: last === undefined ? null : drawLast(last.iteration),
  };
}

function leftWords({ done, total, forecastMs }: TrialState, nowMs: number): string {
  return forecastMs === undefined || done === total ? '' : `about ${roughly(forecastMs - nowMs)} left`;
}

function titleOf({ index, disturbance, kind }: Pick<Iteration, 'index' | 'disturbance' | 'kind'>): string {
  return `iteration ${index}: ${disturbance}${kind === 'warmup' ? ' (warm-up)' : ''}`;
}

/** The next one begins at once; a place that vanished for so long would make the page jump. */
const betweenIterations: RunningDrawing = {
  title: 'the next iteration',
  stand: 'is got ready',
  zeroMs: null,
  endMs: null,
};

function drawRunning(running: RunningState | undefined, nowMs: number): RunningDrawing {
  if (running === undefined) return betweenIterations;
  const { zeroMs, endMs } = running;
  return {
    title: titleOf(running),
    stand: standOf(running, nowMs),
    zeroMs: zeroMs ?? null,
    endMs: endMs ?? null,
  };
}

function standOf({ zeroMs, endMs, waitEndMs }: RunningState, nowMs: number): string {
  if (endMs !== undefined) return 'watching has ended';
  if (zeroMs !== undefined) return 'since the disturbance';
  if (waitEndMs === undefined) return 'until all is steady';
  return waitEndMs > nowMs ? 'a random wait before the disturbance' : 'to be disturbed next';
}

/** That of the running iteration once it is disturbed, and until then that of the one before. */
function drawTimeline(
  running: RunningState | undefined,
  last: FinishedState | undefined,
): TimelineDrawing | null {
  if (running?.zeroMs !== undefined)
    return timelineFrom(titleOf(running), historyEntries(knownOf(running.facts)));
  if (last === undefined || last.facts.length === 0) return null;
  const { iteration, facts } = last;
  const known = knownOf(facts);
  const { entries } = timelineOf(
    iteration,
    { ...known, zeroMs: iteration.disturbedAtMs ?? known.zeroMs },
    [],
  );
  return timelineFrom(titleOf(iteration), entries);
}

/** The facts from just before the disturbance on. Until it is judged what its zero of time is, the last step that made it stands for that. */
function knownOf(own: readonly Observation[]) {
  const sentMs = own.find(({ type }) => type === 'disturbing')?.atMs ?? own[0]?.atMs ?? 0;
  const zeroMs = own.findLast(({ type }) => type === 'disturbed')?.atMs ?? sentMs;
  const window = { fromMs: sentMs - leadMs, toMs: own.at(-1)?.atMs ?? sentMs };
  return { facts: own.filter(({ atMs }) => atMs >= window.fromMs), window, zeroMs };
}

/** The newest entries, and whatever was measured. */
function mostTelling(all: readonly TimelineEntry[]): TimelineEntry[] {
  const isMeasured = ({ source }: TimelineEntry): boolean => source === 'measured';
  const others = all.filter((entry) => !isMeasured(entry));
  const newest = new Set(others.slice(-(maxEntries - (all.length - others.length))));
  return all.filter((entry) => isMeasured(entry) || newest.has(entry));
}

function timelineFrom(title: string, all: readonly TimelineEntry[]): TimelineDrawing {
  const entries = mostTelling(all).map((entry) => ({
    offset: offsetText(entry).trim(),
    source: entry.source,
    text: oneLine(entry.text, longestText),
    isWarning: entry.isWarning,
  }));
  return { title, leftOut: all.length - entries.length, entries };
}

function drawLast(iteration: Iteration): LastDrawing {
  return { title: titleOf(iteration), verdict: iteration.verdict, words: outcomeOf(iteration) };
}

/** A finished iteration as the charts show it. */
export function pointOf(iteration: Iteration): Point {
  const { engine, disturbance, kind, verdict, timeToRestoreMs, watchedForMs } = iteration;
  const isCensored = verdict === 'censored';
  const valueMs = isCensored ? watchedForMs : timeToRestoreMs;
  const relation = isCensored ? 'moreThan' : 'equal';
  return {
    engine,
    disturbance,
    verdict,
    isWarmUp: kind === 'warmup',
    valueMs,
    value: valueMs === null ? '' : formatEstimate({ valueMs, relation }),
    words: `${engineLabels[engine]}, ${titleOf(iteration)}: ${outcomeOf(iteration)}`,
  };
}
