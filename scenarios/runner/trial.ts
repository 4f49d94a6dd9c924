import { ExplainedError } from '../../common/explained-error.ts';
import type { Lab } from '../../lab/lab.ts';
import { endOfLog } from '../../lab/process/component.ts';
import type { Iteration, Observation } from '../../reports/record/schema.ts';
import { nextState, type ClusterState } from './cluster-state.ts';
import { runIteration, type TrialContext } from './iteration.ts';
import { judgeIteration } from './judge.ts';
import type { PlannedIteration } from './plan.ts';

interface TrialOptions {
  readonly context: TrialContext;
  readonly plan: readonly PlannedIteration[];
  /** How many invalid measured iterations may be replaced. */
  readonly maxReplacements: number;
  /** Called when an iteration has ended; it must be on disk before this settles. */
  readonly onIteration: (iteration: Iteration, done: number, total: number) => Promise<void>;
}

/** After this many in a row the lab is taken to be broken. */
const maxInvalidInARow = 5;

/** Keeps the facts of the iteration that goes on, and judges it when it has ended. */
class IterationFacts {
  #start: ClusterState;
  #facts: Observation[] = [];

  constructor(start: ClusterState) {
    this.#start = start;
  }

  add(observation: Observation): void {
    if (this.#facts.length > 0 && this.#facts[0]?.iteration !== observation.iteration) this.#turnPage();
    this.#facts.push(observation);
  }

  #turnPage(): void {
    this.#start = this.#facts.reduce(nextState, this.#start);
    this.#facts = [];
  }

  judge(scenario: TrialContext['scenario']): Iteration | undefined {
    return judgeIteration(this.#start, this.#facts, scenario);
  }
}

/** Rejects, with the end of its log, as soon as a component of the lab ends by itself. */
export async function untilBroken(lab: Lab, note: (component: string) => void): Promise<never> {
  const [component, how] = await Promise.race(
    lab.components().map(async (started) => {
      const ended = await started.ended;
      return started.isStopping() ? new Promise<never>(() => undefined) : ([started, ended] as const);
    }),
  );
  note(component.name);
  throw new ExplainedError({
    what: `${component.name} ended in the middle of the run`,
    why: `${how}\n${await endOfLog(component.logFile)}`,
    next: `see ${component.logFile}`,
  });
}

/** Makes the planned iterations one after the other; an invalid one is kept, and made again at the end. */
export async function runTrial({ context, plan, maxReplacements, onIteration }: TrialOptions): Promise<void> {
  const { observer, scenario } = context;
  const facts = new IterationFacts(observer.state());
  observer.subscribe((observation) => {
    facts.add(observation);
  });
  const queue = [...plan];
  let replacementsLeft = maxReplacements;
  let invalidInARow = 0;
  for (let index = 1; ; index += 1) {
    const planned = queue[index - 1];
    if (planned === undefined) return;
    await runIteration(context, planned, index);
    const judged = facts.judge(scenario);
    if (judged === undefined) throw new Error(`iteration ${index} left no facts`);
    const isInvalid = judged.verdict === 'invalid';
    if (isInvalid && planned.kind === 'measured' && replacementsLeft > 0) {
      queue.push(planned);
      replacementsLeft -= 1;
    }
    await onIteration(judged, index, queue.length);
    context.signal.throwIfAborted();
    invalidInARow = isInvalid ? invalidInARow + 1 : 0;
    if (invalidInARow === maxInvalidInARow) {
      throw new ExplainedError({
        what: `${judged.engine}: ${maxInvalidInARow} iterations in a row were invalid`,
        why: judged.reason,
        next: 'look into the logs of the run; the results so far are kept',
      });
    }
  }
}
