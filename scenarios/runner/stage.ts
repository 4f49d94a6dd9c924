import type { Iteration } from '../../reports/record/schema.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import type { Disturbance } from '../scenario.ts';
import type { TrialName } from './progress.ts';

/** What is to come next in a presentation. */
export interface Announcement {
  readonly trial: TrialName;
  /** The iteration's index, as its facts have it. */
  readonly iteration: number;
  readonly kind: Iteration['kind'];
  readonly disturbance: Pick<Disturbance, 'name' | 'sentence' | 'command'>;
  /** Which step of the iteration it is: the one that begins it, a further one before it is disturbed, or one after all is measured. */
  readonly step: 'first' | 'before' | 'after';
  /** How many applications come back, where that is counted. */
  readonly applications?: number | undefined;
  /** The position among all that the run makes, from 1, and how many were planned; one that is made again comes on top. */
  readonly number: number;
  readonly planned: number;
}

/** Whether what was announced is made, or left out with all that the run would still make of its disturbance. */
export type Decision = 'made' | 'left-out';

/** Tells the audience what is to come, at once; settles when it is to go on, and rejects when aborted. What is measured already can't be left out. */
export type Announce = (announcement: Announcement, signal: AbortSignal) => Promise<Decision>;

/** How a pause ended. */
interface Paused {
  readonly decision: Decision;
  /** How long the run stood still. */
  readonly waitedMs: number;
}

interface Waiting {
  readonly title: string;
  readonly begin: () => void;
}

interface StageOptions {
  readonly announce: Announce;
  /** How many iterations are planned. */
  readonly planned: number;
  readonly nowMs: () => number;
  /** The disturbances that an earlier part of the run left out. */
  readonly leftOut?: readonly string[];
}

/**
 * The stage of a presentation: one iteration at a time, from its announcement until it has ended. The trial that was shown
 * least goes first among those that wait, so that engines take turns. Nobody waits for one that is not ready yet.
 */
export class Stage {
  readonly #options: StageOptions;
  readonly #shown = new Map<string, number>();
  readonly #leftOut: Set<string>;
  #waiting: Waiting[] = [];
  #isTaken = false;
  #number = 0;
  #pausedMs = 0;

  constructor(options: StageOptions) {
    this.#options = options;
    this.#leftOut = new Set(options.leftOut);
  }

  /** How long the run has stood still for whoever presents. */
  get pausedMs(): number {
    return this.#pausedMs;
  }

  /** Waits until the stage is free for a trial; the function that is returned leaves it. Rejects when aborted. */
  async take(trial: TrialName, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const title = trialTitle(trial);
    if (this.#isTaken) await this.#wait(title, signal);
    this.#isTaken = true;
    this.#shown.set(title, (this.#shown.get(title) ?? 0) + 1);
    return () => {
      this.#callNext();
    };
  }

  async #wait(title: string, signal: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
      };
      const begin = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiting: Waiting = { title, begin };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #callNext(): void {
    const shown = ({ title }: Waiting): number => this.#shown.get(title) ?? 0;
    const [next] = this.#waiting.toSorted((left, right) => shown(left) - shown(right));
    this.#waiting = this.#waiting.filter((one) => one !== next);
    // It stays taken for the one that is called, so that nobody slips in between.
    this.#isTaken = next !== undefined;
    next?.begin();
  }

  /** Whether iterations of this disturbance are to be left out. */
  leavesOut(disturbance: string): boolean {
    return this.#leftOut.has(disturbance);
  }

  /** Counts an iteration that is left out without being announced. */
  passOver(): void {
    this.#number += 1;
  }

  /** Announces a step of an iteration and stands still until it is to go on. Rejects when aborted. */
  async announce(
    about: Omit<Announcement, 'number' | 'planned'>,
    signal: AbortSignal,
    meanwhile: () => Promise<void>,
  ): Promise<Paused> {
    const { announce, planned, nowMs } = this.#options;
    const startMs = nowMs();
    if (about.step === 'first') this.#number += 1;
    const goesOn = announce({ ...about, number: this.#number, planned }, signal);
    const [decision] = await Promise.all([goesOn, meanwhile()]);
    const waitedMs = nowMs() - startMs;
    this.#pausedMs += waitedMs;
    if (decision === 'left-out') this.#leftOut.add(about.disturbance.name);
    return { decision, waitedMs };
  }
}
