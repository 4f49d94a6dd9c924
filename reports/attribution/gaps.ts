import type { TimelineEntry } from './timeline-entry.ts';

/** A time in which nothing was told. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  /** What came right before it, and right after. */
  readonly after: TimelineEntry;
  readonly before: TimelineEntry;
}

/** A silence is worth naming from this length on, and only where it is this part of the time that is looked at. */
const shortestGapMs = 250;
const shortestPart = 0.1;

/** How long a gap is. */
export function lengthOf({ fromMs, toMs }: Gap): number {
  return toMs - fromMs;
}

/**
 * The long silences between `entries`, which are in order, from the zero of time until `untilMs`: each of at least 250 ms
 * and a tenth of that time.
 */
export function findGaps(entries: readonly TimelineEntry[], untilMs: number): Gap[] {
  const between = entries.filter(({ offsetMs }) => offsetMs >= 0 && offsetMs <= untilMs);
  return between
    .flatMap((before, index): Gap[] => {
      const after = between[index - 1];
      return after === undefined ? [] : [{ fromMs: after.offsetMs, toMs: before.offsetMs, after, before }];
    })
    .filter((gap) => lengthOf(gap) >= Math.max(shortestGapMs, untilMs * shortestPart));
}

/** The longest of some gaps, the first of equals. */
export function longestGap(gaps: readonly Gap[]): Gap | undefined {
  return gaps.toSorted((left, right) => lengthOf(right) - lengthOf(left))[0];
}
