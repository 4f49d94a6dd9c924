import { formatDuration } from '../../common/duration.ts';
import { engineLabels } from '../render/names.ts';
import type { TimelineEntry } from './timeline-entry.ts';
import { oneLine } from './log-line.ts';
import { lengthOf, type Gap } from './gaps.ts';
import type { Timeline } from './timeline.ts';

const offsetWidth = 11;
/** What stands around a silence is quoted no longer than this in a sentence. */
const longestQuote = 60;

/** When an entry was, as it reads in a timeline: `+0.123 s`, aligned to the right. */
export function offsetText({ offsetMs, isRough }: TimelineEntry): string {
  const seconds = Math.abs(offsetMs / 1000).toFixed(3);
  const sign = Number(seconds) === 0 ? '' : offsetMs < 0 ? '−' : '+';
  return `${isRough ? '~' : ''}${sign}${seconds} s`.padStart(offsetWidth);
}

/** How a silence reads in a timeline. */
function gapText(gap: Gap): string {
  return `${'…'.padStart(offsetWidth)}  ${formatDuration(lengthOf(gap))} nothing`;
}

function entryText(entry: TimelineEntry, sourceWidth: number): string {
  const { source, isWarning, text } = entry;
  if (source === 'measured') return `${offsetText(entry)}  ${`── ${text} `.padEnd(sourceWidth + 30, '─')}`;
  return `${offsetText(entry)}  ${isWarning ? '!' : ' '} ${source.padEnd(sourceWidth)}  ${text}`;
}

/** The rows of a timeline as lines of text; `entries` may be fewer than it has, with a note in place of those left out. */
export function timelineLines(
  { gaps }: Pick<Timeline, 'gaps'>,
  entries: readonly (TimelineEntry | string)[],
): string[] {
  const rows = entries.filter((entry) => typeof entry !== 'string');
  const sourceWidth = Math.max(0, ...rows.map(({ source }) => source.length));
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [`${'…'.padStart(offsetWidth)}  ${entry}`];
    const gap = gaps.find(({ before }) => before === entry);
    return [...(gap === undefined ? [] : [gapText(gap)]), entryText(entry, sourceWidth)];
  });
}

/** The longest silence in one sentence; undefined where there is none worth naming. */
export function longestGapSentence({ longest }: Timeline): string | undefined {
  if (longest === undefined) return undefined;
  const { after, before } = longest;
  const named = ({ source, text }: TimelineEntry): string => `${source}: ${oneLine(text, longestQuote)}`;
  return (
    `The longest silence is of ${formatDuration(lengthOf(longest))}: from ${offsetText(after).trim()} ` +
    `(${named(after)}) until ${offsetText(before).trim()} (${named(before)}).`
  );
}

function titleOf({ iteration }: Timeline): string {
  const { engine, index, disturbance, kind, verdict, reason, trial } = iteration;
  const words = [kind === 'warmup' ? 'warm-up' : kind, reason === '' ? verdict : `${verdict}: ${reason}`];
  return `${engineLabels[engine]}, iteration ${index}: ${disturbance} (${words.join(', ')}; trial ${trial})`;
}

/** A timeline for a terminal. */
export function timelineText(timeline: Timeline): string {
  const sentence = longestGapSentence(timeline);
  return [
    titleOf(timeline),
    ...timeline.notices.map((notice) => `notice: ${notice}`),
    '',
    ...timelineLines(timeline, timeline.entries),
    ...(sentence === undefined ? [] : ['', sentence]),
  ].join('\n');
}
