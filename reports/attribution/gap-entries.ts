import { formatDuration } from '../../common/duration.ts';
import type { Observation } from '../record/observation.ts';
import type { TimelineEntry } from './timeline-entry.ts';

/** Where every second request fails there are hundreds; the longest tell enough. */
const maxGaps = 5;

/** Where the longest gaps in the answers to clients begin and end. */
export function gapEntries(
  { gaps }: Extract<Observation, { type: 'requests' }>,
  zeroMs: number,
): TimelineEntry[] {
  const lengthOf = ({ fromMs, toMs }: (typeof gaps)[number]): number => toMs - fromMs;
  const longest = gaps.toSorted((left, right) => lengthOf(right) - lengthOf(left)).slice(0, maxGaps);
  const entry = (atMs: number, text: string, isWarning: boolean): TimelineEntry => ({
    offsetMs: atMs - zeroMs,
    isRough: false,
    source: 'clients',
    isWarning,
    text,
  });
  return longest.flatMap((gap) => {
    const after = formatDuration(lengthOf(gap));
    const end = gap.isOpen
      ? `the last request fails, ${after} later`
      : `a request succeeds again, after ${after}`;
    return [
      entry(gap.fromMs, `the last request that succeeds before ${gap.failed} that fail`, true),
      entry(gap.toMs, end, gap.isOpen),
    ];
  });
}
