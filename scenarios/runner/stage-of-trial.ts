import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import { kindOf, pathOf } from '../probes/kinds.ts';
import type { Application, Disturbance, ObjectName } from '../scenario.ts';
import type { Observer } from './observer.ts';
import type { PlannedIteration } from './plan.ts';
import type { TrialName } from './progress.ts';
import type { Decision, Stage } from './stage.ts';

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
    .table(`${pathOf(kind, application.namespace)}/${name}`, isWide ? 'wide' : 'usual')
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
   * Takes the stage for a planned iteration, announces it, and stands still until it is to go on, or is left out. An
   * iteration that is on the stage, and begins anew on another revision, is not announced again. Rejects when aborted.
   */
  async enter(
    context: Shown & { readonly signal: AbortSignal },
    planned: PlannedIteration,
    iteration: number,
  ): Promise<Decision> {
    if (this.#leave !== undefined) return 'made';
    const { signal, observer } = context;
    const { disturbance, kind } = planned;
    this.#leave = await this.#stage.take(this.#trial, signal);
    const { name, sentence, command } = disturbance;
    // It may have been left out while this one waited for the stage.
    if (this.passesOver(planned)) return 'left-out';
    const about = { trial: this.#trial, iteration, kind, disturbance: { name, sentence, command } };
    const { decision, waitedMs } = await this.#stage.announce({ ...about, step: 'first' }, signal, async () =>
      showObject(context, disturbance),
    );
    observer.note({ type: 'announced', disturbance: name, command, waitedMs });
    return decision;
  }

  /** Whether a planned iteration is to be left out before it is announced; then it counts as one that was. */
  passesOver({ disturbance }: PlannedIteration): boolean {
    const isLeftOut = this.#stage.leavesOut(disturbance.name);
    if (isLeftOut) this.#stage.passOver();
    return isLeftOut;
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
