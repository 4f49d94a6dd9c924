import type { Iteration } from '../record/schema.ts';
import { timeKinds, timeNames, type TimeName } from '../render/names.ts';
import { historyEntries, logEntries, type IterationFacts } from './entries.ts';
import type { TimelineEntry } from './timeline-entry.ts';
import { findGaps, longestGap, type Gap } from './gaps.ts';
import type { ComponentLine } from './trial-logs.ts';

/** What happened in an iteration, in order. */
export interface Timeline {
  readonly iteration: Iteration;
  readonly entries: readonly TimelineEntry[];
  /** The long silences until the object was restored, then those until it settled; of what is not valid, until watching ended. */
  readonly gaps: readonly Gap[];
  /** The longest of them until the object was restored. */
  readonly longest: Gap | undefined;
  /** What is missing in it, as sentences. */
  readonly notices: readonly string[];
}

const milestoneWords: Readonly<Record<TimeName, string>> = {
  detect: 'detected',
  restore: 'restored',
  ready: 'ready',
  settle: 'settled',
};

function milestones(iteration: Iteration): TimelineEntry[] {
  const at = (offsetMs: number, text: string): TimelineEntry => ({
    offsetMs,
    text,
    source: 'measured',
    isRough: false,
    isWarning: false,
  });
  const times = timeNames.flatMap((time) => {
    const offsetMs = iteration[timeKinds[time].field];
    return offsetMs === null ? [] : [at(offsetMs, milestoneWords[time])];
  });
  return iteration.disturbedAtMs === null ? times : [at(0, 'disturbed: the zero of time'), ...times];
}

/** Stable: what is of the same moment stays in the order of the lists. */
function inOrder(...lists: readonly (readonly TimelineEntry[])[]): TimelineEntry[] {
  return lists.flat().toSorted((left, right) => left.offsetMs - right.offsetMs);
}

/** Merges what is known of an iteration. `lines` is undefined where the run holds no logs of its trial. */
export function timelineOf(
  iteration: Iteration,
  known: IterationFacts,
  lines: readonly ComponentLine[] | undefined,
): Timeline {
  const told = inOrder(historyEntries(known), logEntries(lines ?? [], known.zeroMs));
  const reached = timeNames.map((time) => iteration[timeKinds[time].field]).filter((time) => time !== null);
  const isWhole = iteration.verdict === 'valid' && reached.length > 0;
  const endMs = isWhole ? Math.max(...reached) : known.window.toMs - known.zeroMs;
  const untilRestored = findGaps(told, iteration.timeToRestoreMs ?? endMs);
  const after = findGaps(told, endMs).filter(
    ({ before }) => !untilRestored.some((gap) => gap.before === before),
  );
  return {
    iteration,
    entries: inOrder(told, milestones(iteration)),
    gaps: [...untilRestored, ...after],
    longest: longestGap(untilRestored),
    notices: lines === undefined ? ['The run holds no logs of this trial.'] : [],
  };
}
