import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import type { Announcement, Decision, Stage } from '../runner/stage.ts';
import type { WipeBench } from './bench.ts';
import { fleetLabel } from './fleet.ts';
import { stepsOf } from './stage-words.ts';

/** More lines than these leave no room for anything else on a projector. */
const maxLines = 11;

const selector = `${fleetLabel.key}=${fleetLabel.value}`;

/** Asks the API server for the Deployments of all applications, as a person would. */
async function fleetTable(
  access: Pick<KubeAccess, 'table'>,
  applications: number,
): Promise<{ readonly command: string; readonly answer: string[] } | undefined> {
  const path = `/apis/apps/v1/deployments?labelSelector=${encodeURIComponent(selector)}`;
  // A server that is away does not answer; the iteration does not depend on it.
  const answer = await access.table(path, 'with-namespaces').catch(() => undefined);
  if (answer === undefined) return undefined;
  const isCut = applications >= maxLines;
  const command = `kubectl get deployments --all-namespaces -l ${selector}${isCut ? ` | head -n ${maxLines}` : ''}`;
  return { command, answer: answer.slice(0, maxLines) };
}

/** The stage as the iterations of one lab have it, whose cluster is lost. */
export class WipeStage {
  readonly #stage: Stage;
  readonly #bench: WipeBench;
  readonly #lab: string;
  readonly #signal: AbortSignal;

  /** `lab` is the kind of lab. */
  constructor(stage: Stage, bench: WipeBench, lab: string, signal: AbortSignal) {
    this.#stage = stage;
    this.#bench = bench;
    this.#lab = lab;
    this.#signal = signal;
  }

  /** Shows the cluster, and announces its loss; stands still after each, and leaves out what whoever presents does not want. Rejects when aborted. */
  async enter(iteration: number): Promise<Decision> {
    const decision = await this.#announce('first', iteration);
    return decision === 'left-out' ? decision : this.#announce('before', iteration);
  }

  /** Shows the rebuilt cluster, whose times are measured, and stands still before it is held against the lost one. Rejects when aborted. */
  async compare(iteration: number): Promise<void> {
    await this.#show(this.#bench.trial.condition.applications);
    await this.#announce('after', iteration);
  }

  async #announce(step: Announcement['step'], iteration: number): Promise<Decision> {
    const { trial, observer } = this.#bench;
    const { name, applications } = trial.condition;
    const words = stepsOf(trial.condition, this.#lab)[step];
    const { engine } = trial;
    const { decision, waitedMs } = await this.#stage.announce(
      {
        trial: { engine, trial: trial.trial },
        iteration,
        kind: 'measured',
        disturbance: { name, ...words },
        step,
        applications,
      },
      this.#signal,
      async () => (step === 'first' ? this.#show(applications) : undefined),
    );
    observer.note({ type: 'announced', disturbance: name, command: words.command, waitedMs });
    return decision;
  }

  async #show(applications: number): Promise<void> {
    const { cluster, observer } = this.#bench;
    const shown = await fleetTable(cluster.lab.access, applications);
    if (shown !== undefined) observer.note({ type: 'shown', ...shown });
  }
}
