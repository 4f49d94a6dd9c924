import type { Observation } from '../../reports/record/observation.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import { milestoneNames, type MilestoneName } from '../../scenarios/runner/milestones.ts';
import type { Announcement } from '../../scenarios/runner/stage.ts';
import type { StageEvent } from './show.ts';

/** Something that happens on the stage at its time. */
export interface Cue {
  /** Since the disturbance was sent. */
  readonly offsetMs: number;
  readonly event: StageEvent;
}

/** An iteration of a run that is shown again. */
export interface RecordedScene {
  readonly announcement: Announcement;
  /** What was shown before it was sent. */
  readonly before: readonly StageEvent[];
  readonly cues: readonly Cue[];
}

/** An iteration with the facts of it. */
interface Recorded {
  readonly iteration: Iteration;
  readonly facts: readonly Observation[];
  readonly sentMs: number;
}

const times = {
  disturbed: () => 0,
  detected: ({ timeToDetectMs }: Iteration) => timeToDetectMs,
  restored: ({ timeToRestoreMs }: Iteration) => timeToRestoreMs,
  ready: ({ timeToReadyMs }: Iteration) => timeToReadyMs,
  settled: ({ timeToSettleMs }: Iteration) => timeToSettleMs,
} as const satisfies Record<MilestoneName, (iteration: Iteration) => number | null>;

function milestoneCues({ iteration, sentMs }: Recorded): Cue[] {
  const { engine, trial, disturbedAtMs: zeroMs } = iteration;
  if (zeroMs === null) return [];
  return milestoneNames.flatMap((name): Cue[] => {
    const timeMs = times[name](iteration);
    if (timeMs === null) return [];
    const atMs = zeroMs + timeMs;
    const event = { type: 'milestone', trial: { engine, trial }, milestone: { name, atMs } } as const;
    return [{ offsetMs: atMs - sentMs, event }];
  });
}

/** Where it was never sent, what there is begins with its first fact. */
function recordedOf(iteration: Iteration, history: readonly Observation[]): Recorded | undefined {
  const own = history.filter(
    ({ engine, iteration: index }) => engine === iteration.engine && index === iteration.index,
  );
  const [first] = own;
  if (first === undefined) return undefined;
  const ended = own.findLastIndex(({ type }) => type === 'watched');
  // What is told after watching has ended belongs to the time before the next iteration.
  const facts = own.filter(({ type }, position) => ended === -1 || position <= ended || type === 'requests');
  const sentMs = own.find(({ type }) => type === 'disturbing')?.atMs ?? first.atMs;
  return { iteration, facts, sentMs };
}

function cuesOf(recorded: Recorded, isMadeAgain: boolean): Cue[] {
  const { iteration, facts, sentMs } = recorded;
  const { engine, trial } = iteration;
  const told = facts
    .filter(({ type, atMs }) => atMs >= sentMs || type === 'broken' || type === 'audit')
    .map((observation): Cue => {
      return {
        offsetMs: Math.max(0, observation.atMs - sentMs),
        event: { type: 'observation', observation },
      };
    });
  // Of the same moment the fact comes first, and what follows from it then.
  const cues = [...told, ...milestoneCues(recorded)].toSorted((a, b) => a.offsetMs - b.offsetMs);
  const progress = { done: 1, total: 1, remainingMs: 0, isMadeAgain };
  const ending: StageEvent = { type: 'iteration', trial: { engine, trial }, iteration, ...progress };
  return [...cues, { offsetMs: cues.at(-1)?.offsetMs ?? 0, event: ending }];
}

function sceneOf(
  recorded: Recorded,
  place: Pick<Announcement, 'number' | 'planned'>,
  { results, commandOf }: Pick<RecordedRun, 'results'> & { readonly commandOf: CommandOf },
): RecordedScene {
  const { iteration, facts, sentMs } = recorded;
  const { engine, trial, index, kind, disturbance: name } = iteration;
  const announced = facts.find((fact) => fact.type === 'announced');
  const sentence = results.scenario.disturbances.find((one) => one.name === name)?.sentence ?? name;
  const disturbance = { name, sentence, command: announced?.command ?? commandOf(name) ?? '' };
  const isMadeAgain =
    iteration.verdict === 'invalid' &&
    results.iterations.some((one) => {
      return one.engine === engine && one.disturbance === name && one.kind === kind && one.index > index;
    });
  return {
    announcement: { trial: { engine, trial }, iteration: index, kind, disturbance, ...place },
    before: facts
      .filter(({ type, atMs }) => type === 'shown' && atMs < sentMs)
      .map((observation) => ({ type: 'observation', observation })),
    cues: cuesOf(recorded, isMadeAgain),
  };
}

/** What a person would type to do what a disturbance does; undefined where that is not known any more. */
type CommandOf = (disturbance: string) => string | undefined;

interface ScenesOptions {
  /** Tells for runs that were not made in a presentation, and so did not record it. */
  readonly commandOf: CommandOf;
  readonly isChosen: (iteration: Iteration) => boolean;
}

/** The measured iterations of a run as scenes, in the order in which they were sent; those without facts are left out. */
export function scenesOf(
  { results, history }: Pick<RecordedRun, 'results' | 'history'>,
  { commandOf, isChosen }: ScenesOptions,
): RecordedScene[] {
  const recorded = results.iterations
    .filter((iteration) => iteration.kind === 'measured' && isChosen(iteration))
    .flatMap((iteration) => recordedOf(iteration, history) ?? [])
    .toSorted((left, right) => left.sentMs - right.sentMs);
  return recorded.map((one, position) =>
    sceneOf(one, { number: position + 1, planned: recorded.length }, { results, commandOf }),
  );
}
