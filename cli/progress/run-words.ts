import { formatDuration } from '../../common/duration.ts';
import { engines } from '../../lab/engines/registry.ts';
import type { RunEvent } from '../../scenarios/runner/progress.ts';

export type IterationEvent = Extract<RunEvent, { type: 'iteration' }>;
type Iteration = IterationEvent['iteration'];

/** The times of an iteration, as far as they came: `detect 420 ms, restore 1.20 s`. */
export function timesOf(iteration: Iteration): string {
  const times = [
    ['detect', iteration.timeToDetectMs],
    ['restore', iteration.timeToRestoreMs],
    ['ready', iteration.timeToReadyMs],
    ['settle', iteration.timeToSettleMs],
  ] as const;
  return times
    .flatMap(([name, timeMs]) => (timeMs === null ? [] : [`${name} ${formatDuration(timeMs)}`]))
    .join(', ');
}

function outcomeOf(iteration: Iteration): string {
  const { verdict, reason } = iteration;
  const times = timesOf(iteration);
  if (verdict === 'valid') return times;
  return [`${verdict}: ${reason}`, times].filter((part) => part !== '').join(' · ');
}

/** How people write an engine; nothing for what concerns all. */
export function titleOf(engine: RunEvent['engine']): string {
  return engine === undefined ? '' : engines[engine].title;
}

/** The line that stays of a step. */
export function stepLine({ engine, text }: Extract<RunEvent, { type: 'step' }>): string {
  return engine === undefined ? text : `${titleOf(engine)}: ${text}`;
}

/** The line that stays of an iteration: `Flux 12/55 delete-service: detect 420 ms, restore 1.20 s`. */
export function iterationLine({ engine, iteration, done, total }: IterationEvent): string {
  const kind = iteration.kind === 'warmup' ? ' (warm-up)' : '';
  return `${titleOf(engine)} ${done}/${total} ${iteration.disturbance}${kind}: ${outcomeOf(iteration)}`;
}

/** Whole seconds, because an estimate with fractions would claim more than it knows. */
export function roughly(durationMs: number): string {
  return formatDuration(Math.max(1, Math.round(durationMs / 1000)) * 1000).replace(/\.\d+ s$/, ' s');
}
