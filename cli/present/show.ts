import { keyOf, rowOf } from '../../reports/attribution/entries.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import type { Milestone } from '../../scenarios/runner/milestones.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';
import type { Announcement } from '../../scenarios/runner/stage.ts';
import { stepLine, stageWords, titleOf } from '../progress/run-words.ts';
import { stageNews } from '../progress/stage-news.ts';
import { RebuildLines } from './rebuild-lines.ts';
import { ScoreBoard } from './score-board.ts';
import type { Frame, StageLine } from './stage-line.ts';
import { headingOf, milestoneText, offsetText, outcomeOf } from './words.ts';

/** What happens on the stage: the events of a run, live or from its history. */
export type StageEvent = RunEvent | { readonly type: 'announce'; readonly announcement: Announcement };

/** What is on the stage now. */
interface Scene {
  readonly announcement: Announcement;
  /** Tells of a cluster that is rebuilt, where one is. */
  readonly rebuild?: RebuildLines | undefined;
  /** When the disturbance was committed, on the run's clock. */
  readonly zeroMs?: number;
  /** It is on its way, and what comes is a part of the timeline. */
  readonly isSent?: boolean;
  readonly isOver?: boolean;
}

/** Before the disturbance is sent these alone are worth a line. */
const worthTellingBefore: ReadonlySet<Observation['type']> = new Set(['broken', 'audit']);
/** What the harness does for itself, or what has a line of another kind. */
const untold: ReadonlySet<Observation['type']> = new Set(['revision', 'steady', 'disturbing', 'watched']);

/** Normal Events of these come by the dozen, and the Deployment tells the same in sum. */
const inDetail = /^(?:Pod|ReplicaSet)\//;

/** What a fact is told once for: from the back row, what an Event repeats is no news. */
function lookOf(fact: Observation, text: string): { readonly key: string; readonly look: string } {
  if (fact.type !== 'event') return { key: keyOf(fact), look: text };
  const key = `event ${fact.object} ${fact.reason}`;
  return { key, look: key };
}

function isTold(fact: Observation): boolean {
  if (fact.type === 'event' && fact.kind === 'normal') return !inDetail.test(fact.object);
  return !untold.has(fact.type);
}

/**
 * Turns the events of a run into what an audience sees: one iteration at a time, from its announcement to its times. It knows
 * nothing of terminals; `nowMs` is the clock of the stage, by which the stopwatch runs.
 */
export class Show {
  readonly #nowMs: () => number;
  readonly #scores = new ScoreBoard();
  readonly #isNews = stageNews();
  readonly #activities = new Map<string, string>();
  #scene: Scene | undefined;
  #lastLook = new Map<string, string>();
  /** Facts between the sending of a disturbance and its commit, which have no time yet. */
  #early: Observation[] = [];
  #watch: Pick<Frame, 'sinceMs' | 'stoppedAtMs' | 'state'> = quiet;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  frame(): Frame {
    const scene = this.#scene;
    const heading = scene === undefined ? '' : headingOf(scene.announcement);
    const caption = [heading, scene?.rebuild?.count ?? ''].filter((part) => part !== '').join(' · ');
    return { caption, ...this.#watch, activity: this.#activity() };
  }

  /** Takes an event; answers the lines that stay of it. */
  take(event: StageEvent): readonly StageLine[] {
    switch (event.type) {
      case 'announce':
        return this.#announce(event.announcement);
      case 'step':
        return [{ kind: 'note', text: stepLine(event) }];
      case 'stage': {
        const title = titleOf(event.trial);
        if (!this.#isNews(title, event.stage)) return [];
        return [{ kind: 'note', text: `${title}: ${stageWords(event.stage)}` }];
      }
      case 'activity':
        this.#activities.set(titleOf(event.trial), event.text);
        return [];
      case 'observation':
        return this.#observe(event.observation);
      case 'milestone':
        return this.#isOnStage(event.trial) ? this.#reach(event.milestone) : [];
      case 'iteration':
        return this.#end(event.iteration, event.isMadeAgain === true);
    }
  }

  #announce(announcement: Announcement): StageLine[] {
    const { sentence } = announcement.disturbance;
    const told: StageLine = {
      kind: 'sentence',
      text: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
    };
    if (announcement.step !== 'first') {
      this.#scene = { ...this.#scene, announcement };
      return [told];
    }
    const { applications } = announcement;
    this.#scene = {
      announcement,
      rebuild: applications === undefined ? undefined : new RebuildLines(applications),
    };
    this.#lastLook = new Map();
    this.#early = [];
    this.#watch = quiet;
    return [{ kind: 'heading', text: headingOf(announcement) }, told];
  }

  #isOnStage({ engine, trial }: { readonly engine: string; readonly trial: number }): boolean {
    const on = this.#scene?.announcement.trial;
    return on?.engine === engine && on.trial === trial;
  }

  /** What the one on the stage is at; before, and once it is over, what the others are at. */
  #activity(): string {
    const scene = this.#scene;
    const own = scene === undefined || scene.isOver === true ? undefined : titleOf(scene.announcement.trial);
    return [...this.#activities]
      .filter(([title]) => own === undefined || title === own)
      .map(([title, text]) => `${title}: ${text}`)
      .join(' · ');
  }

  #observe(fact: Observation): StageLine[] {
    const scene = this.#scene;
    if (scene === undefined || scene.isOver === true || !this.#isOnStage(fact)) return [];
    if (fact.iteration !== scene.announcement.iteration) return [];
    if (fact.type === 'shown') {
      const answer = fact.answer.map((text): StageLine => ({ kind: 'answer', text }));
      return [{ kind: 'command', text: fact.command }, ...answer];
    }
    if (fact.type === 'disturbing') {
      this.#scene = { ...scene, isSent: true };
      this.#watch = { ...quiet, state: 'running' };
      const { command } = scene.announcement.disturbance;
      return command === '' ? [] : [{ kind: 'command', text: command }];
    }
    if (scene.isSent !== true && !worthTellingBefore.has(fact.type)) return [];
    if (scene.isSent === true && scene.zeroMs === undefined) {
      this.#early.push(fact);
      return [];
    }
    return this.#tell(fact, scene.zeroMs);
  }

  #tell(fact: Observation, zeroMs: number | undefined): StageLine[] {
    const rebuilt = zeroMs === undefined ? undefined : this.#scene?.rebuild?.take(fact, zeroMs);
    if (rebuilt !== undefined) return rebuilt;
    const row = isTold(fact) ? rowOf(fact) : undefined;
    if (row === undefined) return [];
    const { key, look } = lookOf(fact, row.text);
    if (this.#lastLook.get(key) === look) return [];
    this.#lastLook.set(key, look);
    const offset = zeroMs === undefined ? '' : offsetText(fact.atMs - zeroMs);
    return [{ kind: row.isWarning ? 'warning' : 'fact', text: `${offset}${row.source}: ${row.text}` }];
  }

  #reach({ name, atMs }: Milestone): StageLine[] {
    const scene = this.#scene;
    if (scene === undefined) return [];
    if (name === 'disturbed') return atMs === null ? [] : this.#begin(scene, atMs);
    if (scene.zeroMs === undefined) return [];
    const timeMs = atMs === null ? null : atMs - scene.zeroMs;
    if (name === 'ready') {
      this.#watch =
        timeMs === null
          ? { ...this.#watch, stoppedAtMs: undefined, state: 'running' }
          : { ...this.#watch, stoppedAtMs: timeMs, state: 'good' };
    }
    return [{ kind: timeMs === null ? 'warning' : 'milestone', text: milestoneText(name, timeMs) }];
  }

  #begin(scene: Scene, zeroMs: number): StageLine[] {
    this.#scene = { ...scene, isSent: true, zeroMs };
    this.#watch = { sinceMs: this.#nowMs(), stoppedAtMs: undefined, state: 'running' };
    const early = this.#early.splice(0);
    return [
      ...early.flatMap((fact) => this.#tell(fact, zeroMs)),
      { kind: 'milestone', text: milestoneText('disturbed', 0) },
    ];
  }

  #end(iteration: Iteration, isMadeAgain: boolean): StageLine[] {
    const scene = this.#scene;
    const isOwn = this.#isOnStage(iteration) && scene?.announcement.iteration === iteration.index;
    const outcome = outcomeOf(iteration, isMadeAgain);
    if (scene === undefined || !isOwn) return outcome.state === 'good' ? [] : [outcome.line];
    this.#scene = { ...scene, isOver: true };
    const early = this.#early.splice(0).flatMap((fact) => this.#tell(fact, undefined));
    const hasBegun = this.#watch.sinceMs !== undefined;
    const stoppedAtMs = outcome.timeMs ?? (hasBegun ? iteration.watchedForMs : undefined);
    this.#watch = { ...this.#watch, stoppedAtMs, state: outcome.state };
    this.#scores.note(iteration);
    const scores = this.#scores.lineOf(iteration.disturbance);
    return [
      ...early,
      outcome.line,
      ...(scores === undefined ? [] : [{ kind: 'note', text: scores } as const]),
    ];
  }
}

const quiet = { sinceMs: undefined, stoppedAtMs: undefined, state: 'quiet' } as const;
