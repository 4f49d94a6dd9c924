import type { TimelineEntry } from './timeline-entry.ts';
import type { Timeline } from './timeline.ts';

/** The rows that a timeline has at the most, but for its milestones, its longest silence and the notes on what was left out. */
const maxRows = 40;
/** Of the lines that one component logs in a row, how many are kept at the begin and the end: as many as there is room for. */
const keptOfRun = [
  { first: 2, last: 2 },
  { first: 1, last: 1 },
  { first: 1, last: 0 },
] as const;

type Row = TimelineEntry | string;

function isLog({ source, isWarning }: TimelineEntry): boolean {
  return source.startsWith('log:') && !isWarning;
}

/** The first of all rows that say the same. */
function withoutEchoes(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const said = new Set<string>();
  return entries.filter(({ source, text, isWarning }) => {
    const words = `${source} ${text}`;
    const isEcho = isWarning && said.has(words);
    said.add(words);
    return !isEcho;
  });
}

/** Lines of one component in a row, without a named silence between them. */
function runsOfLog(entries: readonly TimelineEntry[], { gaps }: Timeline): TimelineEntry[][] {
  const afterGap = new Set(gaps.map(({ before }) => before));
  const runs: TimelineEntry[][] = [];
  let last: TimelineEntry | undefined;
  for (const entry of entries) {
    const goesOn = last !== undefined && isLog(last) && last.source === entry.source && !afterGap.has(entry);
    if (isLog(entry) && goesOn) runs.at(-1)?.push(entry);
    else if (isLog(entry)) runs.push([entry]);
    last = entry;
  }
  return runs;
}

/** The log lines that there is room for; those of each run at its ends. */
function fittingLog(runs: readonly (readonly TimelineEntry[])[], room: number): readonly TimelineEntry[] {
  const choices = keptOfRun.map(({ first, last }) =>
    runs.flatMap((run) =>
      run.length <= first + last + 1 && last > 0
        ? run
        : [...run.slice(0, first), ...run.slice(run.length - last)],
    ),
  );
  return choices.find(({ length }) => length <= room) ?? [];
}

/** Replaces the rows that are not kept by notes on how many they were. */
function withNotes(entries: readonly TimelineEntry[], isKept: (entry: TimelineEntry) => boolean): Row[] {
  const rows: Row[] = [];
  let leftOut = 0;
  for (const entry of [...entries, undefined]) {
    if (entry !== undefined && !isKept(entry)) {
      leftOut += 1;
      continue;
    }
    if (leftOut > 0) rows.push(`${leftOut} more`);
    leftOut = 0;
    if (entry !== undefined) rows.push(entry);
  }
  return rows;
}

/**
 * The rows that explain the time until the object was restored, or where it never was, until watching ended; and every
 * milestone. What the API server, the engine's status, Events and warnings say goes before other lines of logs.
 */
export function shorten(timeline: Timeline): Row[] {
  const { entries, iteration, longest } = timeline;
  const untilMs = iteration.timeToRestoreMs ?? Infinity;
  const explaining = entries.filter(({ source, offsetMs }) => source !== 'measured' && offsetMs <= untilMs);
  const facts = withoutEchoes(explaining.filter((entry) => !isLog(entry)));
  const half = maxRows / 2;
  const keptFacts = facts.length <= maxRows ? facts : [...facts.slice(0, half), ...facts.slice(-half)];
  const log = fittingLog(runsOfLog(explaining, timeline), maxRows - keptFacts.length);
  const kept = new Set([
    ...keptFacts,
    ...log,
    ...(longest === undefined ? [] : [longest.after, longest.before]),
  ]);
  return withNotes(entries, (entry) => entry.source === 'measured' || kept.has(entry));
}
