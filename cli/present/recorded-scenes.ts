import { wasLeftOut } from '../../reports/record/left-out.ts';
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
  /** What was shown before it was sent; an announcement among it waits to be gone on with. */
  readonly before: readonly StageEvent[];
  /** What happened from then on; an announcement waits here, too, and what comes later is later by as much. */
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

/** What is told of an iteration once watching has ended: what became of requests, and of a rebuilt cluster. */
const toldAfterwards: ReadonlySet<Observation['type']> = new Set([
  'requests',
  'shown',
  'announced',
  'compared',
]);

/** Where it was never sent, what there is begins with its first fact. */
function recordedOf(iteration: Iteration, history: readonly Observation[]): Recorded | undefined {
  const own = history.filter(
    ({ engine, iteration: index }) => engine === iteration.engine && index === iteration.index,
  );
  const [first] = own;
  if (first === undefined) return undefined;
  const ended = own.findLastIndex(({ type }) => type === 'watched');
  // What is told after watching has ended belongs to the time before the next iteration.
  const facts = own.filter(
    ({ type }, position) => ended === -1 || position <= ended || toldAfterwards.has(type),
  );
  const sentMs = own.find(({ type }) => type === 'disturbing')?.atMs ?? first.atMs;
  return { iteration, facts, sentMs };
}

/** When a fact is told, since the disturbance was sent: without the pause that came when all was measured. */
function offsetFrom({ facts, sentMs }: Recorded): (atMs: number) => number {
  const pause = facts.find(
    (fact): fact is Extract<Observation, { type: 'announced' }> =>
      fact.type === 'announced' && fact.atMs > sentMs,
  );
  return (atMs) => {
    const pausedMs = pause === undefined || atMs < pause.atMs ? 0 : pause.waitedMs;
    return Math.max(0, atMs - pausedMs - sentMs);
  };
}

function cuesOf(recorded: Recorded, isMadeAgain: boolean, last: Announcement | undefined): Cue[] {
  const { iteration, facts, sentMs } = recorded;
  const { engine, trial } = iteration;
  const offsetOf = offsetFrom(recorded);
  const told = facts
    .filter(({ type, atMs }) => atMs >= sentMs || type === 'broken' || type === 'audit')
    .flatMap((observation): Cue[] => {
      const offsetMs = offsetOf(observation.atMs);
      const cue: Cue = { offsetMs, event: { type: 'observation', observation } };
      if (observation.type !== 'compared' || last === undefined) return [cue];
      return [{ offsetMs, event: { type: 'announce', announcement: last } }, cue];
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
  { results, commandOf, stepsOf }: Pick<RecordedRun, 'results'> & Omit<ScenesOptions, 'isChosen'>,
): RecordedScene {
  const { iteration, facts, sentMs } = recorded;
  const { engine, trial, index, kind, disturbance: name } = iteration;
  const announced = facts.find((fact) => fact.type === 'announced' && fact.command !== '');
  const sentence = results.scenario.disturbances.find((one) => one.name === name)?.sentence ?? name;
  const command = (announced?.type === 'announced' ? announced.command : commandOf(name)) ?? '';
  const isMadeAgain =
    iteration.verdict === 'invalid' &&
    results.iterations.some((one) => {
      return one.engine === engine && one.disturbance === name && one.kind === kind && one.index > index;
    });
  const common = { trial: { engine, trial }, iteration: index, kind, ...place };
  const shown = facts
    .filter(({ type, atMs }) => type === 'shown' && atMs < sentMs)
    .map((observation): StageEvent => ({ type: 'observation', observation }));
  const steps = stepsOf?.(name);
  if (steps === undefined) {
    const disturbance = { name, sentence, command };
    return {
      announcement: { ...common, disturbance, step: 'first' },
      before: shown,
      cues: cuesOf(recorded, isMadeAgain, undefined),
    };
  }
  const { applications, words } = steps;
  const at = (step: Announcement['step'], typed = ''): Announcement => {
    return {
      ...common,
      applications,
      step,
      disturbance: { name, sentence: words[step].sentence, command: typed },
    };
  };
  return {
    announcement: at('first'),
    before: [...shown, { type: 'announce', announcement: at('before', command) }],
    cues: cuesOf(recorded, isMadeAgain, at('after')),
  };
}

/** What a person would type to do what a disturbance does; undefined where that is not known any more. */
type CommandOf = (disturbance: string) => string | undefined;

/** The steps in which an iteration is told of, and how many applications come back in it. */
export interface RecordedSteps {
  readonly applications: number;
  readonly words: Readonly<Record<Announcement['step'], { readonly sentence: string }>>;
}

interface ScenesOptions {
  /** Tells for runs that were not made in a presentation, and so did not record it. */
  readonly commandOf: CommandOf;
  /** Of a disturbance that is told of in several steps. */
  readonly stepsOf?: ((disturbance: string) => RecordedSteps | undefined) | undefined;
  readonly isChosen: (iteration: Iteration) => boolean;
}

/** The measured iterations of a run as scenes, in the order in which they were sent; those without facts, and those that were left out on stage, are not among them. */
export function scenesOf(
  { results, history }: Pick<RecordedRun, 'results' | 'history'>,
  { isChosen, ...options }: ScenesOptions,
): RecordedScene[] {
  const recorded = results.iterations
    .filter((iteration) => iteration.kind === 'measured' && !wasLeftOut(iteration) && isChosen(iteration))
    .flatMap((iteration) => recordedOf(iteration, history) ?? [])
    .toSorted((left, right) => left.sentMs - right.sentMs);
  return recorded.map((one, position) =>
    sceneOf(one, { number: position + 1, planned: recorded.length }, { results, ...options }),
  );
}
