import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { trialTitle } from '../../reports/record/trial-title.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import { kindOf, pathOf } from '../probes/kinds.ts';
import type { Application, Disturbance, ObjectName } from '../scenario.ts';
import type { Observer } from './observer.ts';
import type { PlannedIteration } from './plan.ts';
import type { TrialName } from './progress.ts';

/** What is to come next in a presentation. */
export interface Announcement {
  readonly trial: TrialName;
  /** The iteration's index, as its facts have it. */
  readonly iteration: number;
  readonly kind: Iteration['kind'];
  readonly disturbance: Pick<Disturbance, 'name' | 'sentence' | 'command'>;
  /** The position among all that the run makes, from 1, and how many were planned; one that is made again comes on top. */
  readonly number: number;
  readonly planned: number;
}

/** Tells the audience what is to come, at once; settles when it is to go on, and rejects when aborted. */
export type Announce = (announcement: Announcement, signal: AbortSignal) => Promise<void>;

interface Waiting {
  readonly title: string;
  readonly begin: () => void;
}

interface StageOptions {
  readonly announce: Announce;
  /** How many iterations are planned. */
  readonly planned: number;
  readonly nowMs: () => number;
}

/**
 * The stage of a presentation: one iteration at a time, from its announcement until it has ended. The trial that was shown
 * least goes first among those that wait, so that engines take turns. Nobody waits for one that is not ready yet.
 */
export class Stage {
  readonly #options: StageOptions;
  readonly #shown = new Map<string, number>();
  #waiting: Waiting[] = [];
  #isTaken = false;
  #number = 0;
  #pausedMs = 0;

  constructor(options: StageOptions) {
    this.#options = options;
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

  /** Announces an iteration and stands still until it is to go on; answers for how long, in milliseconds. Rejects when aborted. */
  async announce(
    about: Omit<Announcement, 'number' | 'planned'>,
    signal: AbortSignal,
    meanwhile: () => Promise<void>,
  ): Promise<number> {
    const { announce, planned, nowMs } = this.#options;
    const startMs = nowMs();
    this.#number += 1;
    const goesOn = announce({ ...about, number: this.#number, planned }, signal);
    await Promise.all([goesOn, meanwhile()]);
    const waitedMs = nowMs() - startMs;
    this.#pausedMs += waitedMs;
    return waitedMs;
  }
}

/** The object that shows best what a disturbance does. */
function showpieceOf({ restores, readies }: Disturbance): ObjectName | undefined {
  return [...restores, ...readies].find((name) => kindOf({ kind: name.split('/')[0] ?? '' }) !== undefined);
}

/** What of a trial is shown. */
interface Shown {
  readonly access: Pick<KubeAccess, 'table'>;
  readonly application: Pick<Application, 'namespace'>;
  readonly observer: Pick<Observer, 'note'>;
}

/** Asks the API server for the object that a disturbance is about, as a person would, and records the answer. */
async function showObject({ access, application, observer }: Shown, disturbance: Disturbance): Promise<void> {
  const showpiece = showpieceOf(disturbance);
  if (showpiece === undefined) return;
  const [kindName = '', name = ''] = showpiece.split('/');
  const kind = kindOf({ kind: kindName });
  if (kind === undefined) return;
  // The image stands in a column that is shown on demand alone.
  const isWide = (disturbance.images ?? []).length > 0 && kind.plural === 'deployments';
  const namespace = kind.isNamespaced ? `-n ${application.namespace} ` : '';
  const command = `kubectl ${namespace}get ${kindName.toLowerCase()} ${name}${isWide ? ' -o wide' : ''}`;
  // A server that is away does not answer, which the timeline shows; the iteration does not depend on it.
  const answer = await access
    .table(`${pathOf(kind, application.namespace)}/${name}`, isWide)
    .catch(() => undefined);
  if (answer !== undefined) observer.note({ type: 'shown', command, answer: [...answer] });
}

/** The stage as one trial has it. */
export class StageOfTrial {
  readonly #stage: Stage;
  readonly #trial: TrialName;
  #leave: (() => void) | undefined;

  constructor(stage: Stage, trial: TrialName) {
    this.#stage = stage;
    this.#trial = trial;
  }

  /**
   * Takes the stage for a planned iteration, announces it, and stands still until it is to go on. An iteration that is on
   * the stage, and begins anew on another revision, is not announced again. Rejects when aborted.
   */
  async enter(
    context: Shown & { readonly signal: AbortSignal },
    { disturbance, kind }: PlannedIteration,
    iteration: number,
  ): Promise<void> {
    if (this.#leave !== undefined) return;
    const { signal, observer } = context;
    this.#leave = await this.#stage.take(this.#trial, signal);
    const { name, sentence, command } = disturbance;
    const about = { trial: this.#trial, iteration, kind, disturbance: { name, sentence, command } };
    const waitedMs = await this.#stage.announce(about, signal, async () => showObject(context, disturbance));
    observer.note({ type: 'announced', disturbance: name, command, waitedMs });
  }

  /** Shows how things are now, where the iteration is on the stage. */
  async show(context: Shown, disturbance: Disturbance): Promise<void> {
    if (this.#leave !== undefined) await showObject(context, disturbance);
  }

  /** Leaves the stage to the next, where it is on it. */
  leave(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}
