import { ExplainedError } from '../../common/explained-error.ts';
import type { Lab } from '../../lab/lab.ts';
import { endOfLog } from '../../lab/process/component.ts';
import { wasLeftOut } from '../../reports/record/left-out.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import { nextState, type ClusterState } from './cluster-state.ts';
import { runIteration } from './iteration.ts';
import { leaveOut } from './leave-out.ts';
import type { Revision } from './revisions.ts';
import type { TrialContext } from './trial-context.ts';
import { judgeIteration, type JudgeRules } from './judge.ts';
import { replacementOf, type PlannedIteration } from './plan.ts';

interface TrialOptions {
  readonly context: TrialContext;
  readonly plan: readonly PlannedIteration[];
  readonly rules: JudgeRules;
  /** The index of the engine's next iteration, in whichever of its trials. */
  readonly nextIndex: () => number;
  /** How many invalid measured iterations may be replaced. */
  readonly maxReplacements: number;
  /** Called when an iteration has ended; it must be on disk before this settles. */
  readonly onIteration: (
    iteration: Iteration,
    progress: { readonly done: number; readonly total: number; readonly isMadeAgain: boolean },
  ) => Promise<void>;
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

  judge(scenario: TrialContext['scenario'], rules: JudgeRules): Iteration | undefined {
    return judgeIteration(this.#start, this.#facts, scenario, rules);
  }
}

/** Rejects, with the end of its log, as soon as a component of the lab ends by itself. */
export async function untilBroken(lab: Lab, note: (component: string) => void): Promise<never> {
  const { name, how, logFile } = await lab.broken;
  note(name);
  const log = logFile === undefined ? '' : await endOfLog(logFile);
  throw new ExplainedError({
    what: `${name} ended in the middle of the run`,
    why: `${how}\n${log}`.trimEnd(),
    next: logFile === undefined ? 'run it again' : `see ${logFile}`,
  });
}

/** Makes the planned iterations one after the other; an invalid one is kept, and made again at the end, unless whoever presents had it left out. */
export async function runTrial(options: TrialOptions): Promise<void> {
  const { context, plan, rules, nextIndex, maxReplacements, onIteration } = options;
  const { observer, scenario } = context;
  const facts = new IterationFacts(observer.state());
  observer.subscribe((observation) => {
    facts.add(observation);
  });
  const queue = [...plan];
  let replacementsLeft = maxReplacements;
  let invalidInARow = 0;
  let revision: Revision | undefined;
  let done = 0;
  for (let planned = queue.shift(); planned !== undefined; planned = queue.shift()) {
    const index = nextIndex();
    if (context.stage?.passesOver(planned) === true) leaveOut(observer, index, planned);
    else revision = await runIteration(context, planned, index, revision);
    const judged = facts.judge(scenario, rules);
    if (judged === undefined) throw new Error(`iteration ${index} left no facts`);
    const isInvalid = judged.verdict === 'invalid' && !wasLeftOut(judged);
    const isMadeAgain = isInvalid && planned.kind === 'measured' && replacementsLeft > 0;
    if (isMadeAgain) {
      queue.push(...replacementOf(planned));
      replacementsLeft -= 1;
    }
    done += 1;
    await onIteration(judged, { done, total: done + queue.length, isMadeAgain });
    context.stage?.leave();
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
