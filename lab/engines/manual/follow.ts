import { formatDuration } from '../../../common/duration.ts';
import { ExplainedError } from '../../../common/explained-error.ts';
import type { MadeStep } from '../engine.ts';
import { personMs, type Pace } from './pace.ts';
import type { Runbook, RunbookStep } from './runbook.ts';
import type { CommandEnd, Workplace } from './workplace.ts';

interface FollowOptions {
  /** Names the runbook in messages. */
  readonly name: string;
  readonly workplace: Pick<Workplace, 'run'>;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Told each step when it has ended. */
  readonly onStep: (step: MadeStep) => void;
}

/** Why a step keeps the runbook from going on; undefined where it does not. */
function problemOf(step: RunbookStep, { exitCode, output }: CommandEnd): string | undefined {
  if (step.kind === 'decide') return undefined;
  // What is looked at may be missing, or different: the command says so with its exit code, too.
  if (step.kind === 'look')
    return output.includes(step.shows) ? undefined : `it does not show "${step.shows}"`;
  return exitCode === 0 ? undefined : `it ended with ${exitCode ?? 'a signal'}`;
}

function endOf(output: string): string {
  return output.trimEnd().split('\n').slice(-3).join('; ');
}

/**
 * Makes the steps of a runbook one after the other, at machine speed. Questions are answered as the runbook expects it.
 * Throws an explained error at the first step that fails or shows something else than it has to, or the signal's reason.
 */
export async function followRunbook(steps: Runbook['steps'], options: FollowOptions): Promise<void> {
  const { name, workplace, pace, signal, onStep } = options;
  for (const [index, step] of steps.entries()) {
    const what = step.kind === 'decide' ? step.question : step.command;
    const startMs = performance.now();
    const end: CommandEnd =
      step.kind === 'decide' ? { exitCode: 0, output: '' } : await workplace.run(step.command, signal);
    const machineMs = step.kind === 'decide' ? 0 : performance.now() - startMs;
    onStep({ step: step.kind, what, machineMs, personMs: personMs(step, end.output, pace) });
    const problem = problemOf(step, end);
    if (problem === undefined) continue;
    throw new ExplainedError({
      what: `step ${index + 1} of the runbook ${name} (${what}) failed after ${formatDuration(machineMs)}: ${problem}`,
      why: endOf(end.output) || 'it said nothing',
      next: 'see runbook.log beside the other logs',
    });
  }
}
