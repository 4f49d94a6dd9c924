import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import type { RunEvent, TrialName } from '../../scenarios/runner/progress.ts';
import { stageWords } from '../progress/run-words.ts';
import type { Ending } from './drawing.ts';

/** What a run is of. */
export interface RunSubject {
  readonly scenario: string;
  readonly lab: string;
  readonly profile: string;
  readonly engines: readonly EngineName[];
  readonly disturbances: readonly string[];
}

interface Named {
  readonly name: string;
}

/** The subject of a run that was asked for. */
export function subjectOf(
  scenario: string,
  { lab, profile, engines }: { lab: Named; profile: Named; engines: readonly EngineName[] },
  disturbances: readonly Named[],
): RunSubject {
  return {
    scenario,
    lab: lab.name,
    profile: profile.name,
    engines,
    disturbances: disturbances.map(({ name }) => name),
  };
}

/** An iteration that was begun. Moments are on the clock of the view, but for those of its facts. */
export interface RunningState {
  readonly index: number;
  readonly disturbance: string;
  readonly kind: Iteration['kind'];
  readonly facts: readonly Observation[];
  /** When the random wait before the disturbance ends. */
  readonly waitEndMs?: number;
  /** When it was disturbed. */
  readonly zeroMs?: number;
  /** When watching ended. */
  readonly endMs?: number;
}

/** An iteration that has ended. */
export interface FinishedState {
  readonly iteration: Iteration;
  readonly facts: readonly Observation[];
}

/** One of an engine's labs. */
export interface TrialState {
  readonly trial: TrialName;
  readonly activity: string;
  readonly done: number;
  readonly total: number;
  /** When its last iteration is expected to end; absent before the first. */
  readonly forecastMs?: number;
  readonly running?: RunningState;
  readonly last?: FinishedState;
}

/** All that is known of a run that is looked at. */
export interface ViewState {
  readonly subject: RunSubject;
  readonly part: string;
  /** What was done last that is of no lab. */
  readonly step: string;
  readonly trials: Readonly<Record<string, TrialState>>;
  readonly iterations: readonly Iteration[];
  readonly ending?: Ending;
}

/** A long recovery tells of hundreds of changes; what came first is what drops out. */
const maxFacts = 300;

/** A run before anything has happened. */
export function firstState(subject: RunSubject, part = ''): ViewState {
  return { subject, part, step: '', trials: {}, iterations: [] };
}

/** What is known after an event that came at `nowMs` of the view's clock. */
export function nextState(state: ViewState, event: RunEvent, nowMs: number): ViewState {
  if (event.type === 'observation') return afterFact(state, event.observation, nowMs);
  if (event.type === 'step' && event.trial === undefined) return { ...state, step: event.text };
  if (event.trial === undefined) return state;
  const after = withTrial(state, event.trial, (trial) => afterEvent(trial, event, nowMs));
  return event.type === 'iteration'
    ? { ...after, iterations: [...after.iterations, event.iteration] }
    : after;
}

function withTrial(
  state: ViewState,
  trial: TrialName,
  change: (before: TrialState) => TrialState,
): ViewState {
  const { engine, trial: number } = trial;
  const key = trialTitle(trial);
  const first: TrialState = { trial: { engine, trial: number }, activity: '', done: 0, total: 0 };
  const before = state.trials[key] ?? first;
  const after = change(before);
  return after === state.trials[key] ? state : { ...state, trials: { ...state.trials, [key]: after } };
}

type TrialEvent = Exclude<RunEvent, { type: 'observation' }>;

function afterEvent(before: TrialState, event: TrialEvent, nowMs: number): TrialState {
  switch (event.type) {
    case 'step':
    case 'activity':
      return { ...before, activity: event.text };
    case 'stage': {
      const parts = [stageWords(event.stage), event.stage.detail];
      return { ...before, activity: parts.filter((part) => part !== '').join(': ') };
    }
    // The facts tell the same.
    case 'milestone':
      return before;
    case 'iteration': {
      const { iteration, done, total, remainingMs } = event;
      const { running, ...rest } = before;
      const isOfIt = running?.index === iteration.index;
      const last = { iteration, facts: isOfIt ? running.facts : [] };
      const goesOn = running === undefined || isOfIt ? {} : { running };
      return { ...rest, ...goesOn, done, total, forecastMs: nowMs + remainingMs, last };
    }
  }
}

function afterFact(state: ViewState, fact: Observation, nowMs: number): ViewState {
  const { engine, trial, iteration } = fact;
  // What happens before the first iteration is told by steps; usage explains no recovery.
  if (engine === 'reference' || iteration === 0 || fact.type === 'usage') return state;
  return withTrial(state, { engine, trial }, (before) => {
    const running = runningAfter(before.running, fact, nowMs);
    return running === undefined || running === before.running ? before : { ...before, running };
  });
}

function runningAfter(
  before: RunningState | undefined,
  fact: Observation,
  nowMs: number,
): RunningState | undefined {
  const index = fact.iteration;
  const isOfIt = before?.index === index;
  if (!isOfIt && (fact.type === 'revision' || fact.type === 'disturbing')) {
    const { disturbance, kind } = fact;
    const begun = { index, disturbance, kind, facts: [fact] };
    return fact.type === 'disturbing' ? { ...begun, zeroMs: nowMs } : begun;
  }
  if (!isOfIt) return before;
  const told = { ...before, facts: [...before.facts.slice(1 - maxFacts), fact] };
  if (fact.type === 'steady') return { ...told, waitEndMs: nowMs + fact.phaseMs };
  if (fact.type === 'disturbing' || fact.type === 'disturbed') return { ...told, zeroMs: nowMs };
  if (fact.type === 'watched') return { ...told, endMs: nowMs };
  return told;
}
