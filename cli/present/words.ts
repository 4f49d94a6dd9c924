import { formatDuration } from '../../common/duration.ts';
import { wasLeftOut } from '../../reports/record/left-out.ts';
import { engineLabels } from '../../reports/render/names.ts';
import type { Iteration } from '../../reports/record/schema.ts';
import type { MilestoneName } from '../../scenarios/runner/milestones.ts';
import type { Announcement } from '../../scenarios/runner/stage.ts';
import { timesOf, titleOf } from '../progress/run-words.ts';
import type { StageLine } from './stage-line.ts';

/** What is on the stage: `Flux · delete-deployment · 1 of 18`. */
export function headingOf({ trial, disturbance, kind, number, planned }: Announcement): string {
  // What is made again comes on top of what was planned.
  const place = number > planned ? 'once more' : `${number} of ${planned}`;
  return [titleOf(trial), disturbance.name, ...(kind === 'warmup' ? ['warm-up'] : []), place].join(' · ');
}

/** In front of a line: seconds since the disturbance, aligned to the right. */
export function offsetText(offsetMs: number): string {
  const sign = offsetMs < 0 ? '−' : '+';
  return `${`${sign}${Math.abs(offsetMs / 1000).toFixed(2)}`.padStart(8)} s  `;
}

const milestoneWords: Readonly<Record<MilestoneName, { readonly come: string; readonly lost: string }>> = {
  disturbed: { come: 'disturbed: the time runs', lost: '' },
  detected: { come: 'the engine has noticed', lost: '' },
  restored: { come: 'as Git has it', lost: 'not as Git has it any more' },
  ready: { come: 'ready again', lost: 'not ready any more' },
  settled: {
    come: 'the engine says that all is well',
    lost: 'the engine does not say any more that all is well',
  },
};

/** A step of a recovery; `timeMs` since the disturbance, null where it is lost again. */
export function milestoneText(name: MilestoneName, timeMs: number | null): string {
  const { come, lost } = milestoneWords[name];
  return timeMs === null ? lost : `${offsetText(timeMs)}── ${come} ──`;
}

/** How an iteration has ended. */
interface Outcome {
  readonly state: 'good' | 'bad' | 'quiet';
  readonly line: StageLine;
  /** What the stopwatch stands at; undefined where it was never ready. */
  readonly timeMs: number | undefined;
}

/** How an iteration has ended, in a sentence. */
export function outcomeOf(iteration: Iteration, isMadeAgain: boolean): Outcome {
  const { engine, disturbance, verdict, reason, timeToReadyMs, watchedForMs } = iteration;
  const name = engineLabels[engine];
  const timeMs = timeToReadyMs ?? undefined;
  const times = timesOf(iteration);
  if (verdict === 'valid')
    return { state: 'good', timeMs, line: { kind: 'good', text: `${name}: ${times}.` } };
  if (verdict === 'censored') {
    const told = times === '' ? '' : ` Until then: ${times}.`;
    const text = `${name}, ${disturbance}: ${reason}; counted as more than ${formatDuration(watchedForMs)}.${told}`;
    return { state: 'bad', timeMs, line: { kind: 'bad', text } };
  }
  if (wasLeftOut(iteration))
    return { state: 'quiet', timeMs, line: { kind: 'note', text: `${name}, ${disturbance}: left out.` } };
  const next = isMadeAgain ? 'It is made again at the end; go on.' : 'It is kept as invalid; go on.';
  const text = `${name}, ${disturbance}: this one does not count: ${reason}. ${next}`;
  return { state: 'bad', timeMs, line: { kind: 'bad', text } };
}
