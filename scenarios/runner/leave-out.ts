import { leftOutReason, wasLeftOut } from '../../reports/record/left-out.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Iteration } from '../../reports/record/schema.ts';
import type { FactOf } from './facts-of.ts';
import type { Observer } from './observer.ts';
import type { PlannedIteration } from './plan.ts';

/** What is recorded of a planned iteration that is left out. */
type LeftOutPlan = Pick<PlannedIteration, 'kind' | 'phase' | 'repeat'> & {
  readonly disturbance: Pick<PlannedIteration['disturbance'], 'name'>;
};

/** Records that a planned iteration is left out; what follows belongs to it. */
export function leaveOut(
  { enter, note }: Pick<Observer, 'enter' | 'note'>,
  index: number,
  { disturbance: { name: disturbance }, kind, phase, repeat }: LeftOutPlan,
): void {
  enter(index);
  note({ type: 'left-out', disturbance, kind, phase, repeat });
}

/** The iteration that was left out, as the results have it: kept as invalid, with no times. `revision` is the commit that was pushed for it; empty where none was. */
export function leftOutIteration(
  { iteration: index, trial, disturbance, kind, phase, repeat }: FactOf<'left-out'>,
  engine: EngineName,
  revision: string,
): Iteration {
  return {
    index,
    engine,
    trial,
    disturbance,
    kind,
    verdict: 'invalid',
    reason: leftOutReason,
    revision,
    phase,
    phaseMs: 0,
    repeat,
    attemptsBefore: 0,
    timesAreBounds: false,
    disturbedAtMs: null,
    timeToDetectMs: null,
    timeToRestoreMs: null,
    timeToReadyMs: null,
    timeToSettleMs: null,
    watchedForMs: 0,
    figures: {},
  };
}

/** The disturbances that an earlier part of a run left out. */
export function leftOutOf(history: readonly Observation[]): string[] {
  return [...new Set(history.flatMap((fact) => (fact.type === 'left-out' ? [fact.disturbance] : [])))];
}

const noticeStart = 'Left out by whoever presented, with nothing disturbed: ';

/** The notices of a run, with one that tells what was left out of it by now. */
export function withLeftOut(notices: readonly string[], iterations: readonly Iteration[]): string[] {
  const others = notices.filter((notice) => !notice.startsWith(noticeStart));
  const counts = new Map<string, number>();
  for (const iteration of iterations) {
    if (!wasLeftOut(iteration) || iteration.kind !== 'measured') continue;
    counts.set(iteration.disturbance, (counts.get(iteration.disturbance) ?? 0) + 1);
  }
  if (counts.size === 0) return others;
  const list = [...counts].map(([name, count]) => `${count} of ${name}`).join(', ');
  return [
    ...others,
    `${noticeStart}${list}. They stand among the invalid iterations, and count for nothing.`,
  ];
}
