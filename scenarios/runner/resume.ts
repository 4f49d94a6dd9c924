import { ExplainedError } from '../../common/explained-error.ts';
import type { Tool, ToolName } from '../../lab/toolchain/toolchain.ts';
import { wasLeftOut } from '../../reports/record/left-out.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import { judgeHistory } from './judge.ts';
import { replacementOf, type PlannedIteration } from './plan.ts';
import type { EarlierPart } from './results-builder.ts';
import { rulesOf, type RunRequest } from './run-request.ts';

/** What an interrupted run had come to, by its history, which is written before everything else. */
export function earlierPart({ results, history }: RecordedRun, request: RunRequest): EarlierPart {
  return { results, iterations: judgeHistory(history, request.scenario, rulesOf(request.profile)) };
}

/** When the run goes on, on its clock: as long after its start as the wall clock says, and after all that it holds. */
export function resumesAtMs({ results, history }: RecordedRun, now: Date): number {
  const lastMs = history.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  return Math.max(lastMs + 1, now.getTime() - Date.parse(results.startedAt));
}

/** What the next one of an engine's trials or iterations is to be called, after those that the run holds. */
export function nextNumbers({ history }: RecordedRun, name: EngineName): { trial: number; index: number } {
  const own = history.filter(({ engine }) => engine === name);
  const after = (numbers: readonly number[]) => numbers.reduce((most, next) => Math.max(most, next), 0) + 1;
  return {
    trial: after(own.map(({ trial }) => trial)),
    index: after(own.map(({ iteration }) => iteration)),
  };
}

/** One of the iterations that a plan's are counted against: what they have in common. */
function keyOf({ phase, repeat }: Pick<PlannedIteration, 'phase' | 'repeat'>, disturbance: string): string {
  return `${disturbance} ${phase} ${repeat}`;
}

/**
 * What of a trial's plan is still to be made after `made`, in its order; what was left out on stage stays so. Its lab is a new one: warm-ups are made again, and
 * so, as warm-ups, are those that come before a repeated one on its revision.
 */
export function remainingOf(
  plan: readonly PlannedIteration[],
  made: readonly Iteration[],
): PlannedIteration[] {
  const counted = made.filter(
    (one) => one.kind === 'measured' && (one.verdict !== 'invalid' || wasLeftOut(one)),
  );
  const left = new Map<string, number>();
  for (const iteration of counted) {
    const key = keyOf(iteration, iteration.disturbance);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  let previous: PlannedIteration | undefined;
  const remaining = plan.flatMap((planned) => {
    const key = keyOf(planned, planned.disturbance.name);
    const count = planned.kind === 'measured' ? (left.get(key) ?? 0) : 0;
    if (count > 0) {
      left.set(key, count - 1);
      return [];
    }
    const follows = previous?.disturbance === planned.disturbance && previous.repeat === planned.repeat - 1;
    previous = planned;
    return follows ? [planned] : replacementOf(planned);
  });
  return remaining.some(({ kind }) => kind === 'measured') ? remaining : [];
}

/** Throws an explained error where the run was begun with other programs: its iterations could not be set side by side. */
export function demandSamePrograms(
  { results: { provenance } }: RecordedRun,
  tools: ReadonlyMap<ToolName, Tool>,
): void {
  for (const { name, version, sha256 } of provenance.programs) {
    const tool = [...tools.values()].find((one) => one.name === name);
    if (tool === undefined || tool.sha256 === sha256) continue;
    throw new ExplainedError({
      what: `the run was begun with another ${name} and can't be gone on with`,
      why: `it was ${version} then and is ${tool.version} now, and not the same file`,
      next: 'provide the same programs again, or start a new run',
    });
  }
}
