import { formatDuration } from '../../common/duration.ts';
import { engines } from '../../lab/engines/registry.ts';
import type { LabProgress } from '../../lab/provider.ts';
import type { RunEvent, TrialName } from '../../scenarios/runner/progress.ts';

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

/** What came of an iteration: its times, behind the reason where it does not count or was given up. */
export function outcomeOf(iteration: Iteration): string {
  const { verdict, reason } = iteration;
  const times = timesOf(iteration);
  if (verdict === 'valid') return times;
  return [`${verdict}: ${reason}`, times].filter((part) => part !== '').join(' · ');
}

/** How people write an engine, and which of its trials it is where it has several. */
export function titleOf({ engine, trial }: TrialName): string {
  const { title } = engines[engine];
  return trial === 1 ? title : `${title} (${trial})`;
}

/** The line that stays of a step. */
export function stepLine({ trial, text }: Extract<RunEvent, { type: 'step' }>): string {
  return trial === undefined ? text : `${titleOf(trial)}: ${text}`;
}

/** How far something long is: `5 of 7, Join the workers`. */
export function stageWords({ number, count, stage }: LabProgress): string {
  return `${number} of ${count}, ${stage}`;
}

/** The line that stays of an iteration: `Flux 12/55 delete-service: detect 420 ms, restore 1.20 s`. */
export function iterationLine({ trial, iteration, done, total }: IterationEvent): string {
  const kind = iteration.kind === 'warmup' ? ' (warm-up)' : '';
  return `${titleOf(trial)} ${done}/${total} ${iteration.disturbance}${kind}: ${outcomeOf(iteration)}`;
}

/** Whole seconds, because an estimate with fractions would claim more than it knows. */
export function roughly(durationMs: number): string {
  return formatDuration(Math.max(1, Math.round(durationMs / 1000)) * 1000).replace(/\.\d+ s$/, ' s');
}
