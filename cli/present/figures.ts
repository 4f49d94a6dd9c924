/** Three dots wide and five high: the fewest that tell all digits apart. */
const glyphs: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', '###', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', '  #', '  #', '  #'],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  '.': [' ', ' ', ' ', ' ', '#'],
  ':': [' ', '#', ' ', '#', ' '],
  s: ['   ', ' ##', ' # ', '  #', ' ##'],
  ' ': [' ', ' ', ' ', ' ', ' '],
};

const rows = 5;

/** A dot is two cells wide, since a cell is about twice as high as it is wide; the larger size has two of that each way. */
const sizes = [
  { cells: 4, lines: 2 },
  { cells: 2, lines: 1 },
] as const;

/** How much room there is, in cells and lines. */
export interface Room {
  readonly columns: number;
  readonly lines: number;
}

function drawn(text: string, { cells, lines }: (typeof sizes)[number]): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const dotted = Array.from(text, (character) => glyphs[character]?.[row] ?? '');
    const line = dotted
      .map((dots) => dots.replaceAll(/./g, (dot) => (dot === '#' ? '█' : ' ').repeat(cells)))
      .join(' '.repeat(cells))
      .trimEnd();
    return Array.from({ length: lines }, () => line);
  }).flat();
}

/** A time in figures that are as large as the room lets them be: digits, `.`, `:` and ` s`; as it is where there is room for one line alone. */
export function largeFigures(text: string, room: Room): string[] {
  const all = sizes.map((size) => drawn(text, size));
  const fitting = all.find((lines) => {
    return lines.length <= room.lines && lines.every((line) => line.length <= room.columns);
  });
  return fitting ?? [text];
}

/** What a stopwatch shows: `4.2 s` while it runs and `4.23 s` when it has stopped, `1:05` from a minute on. */
export function stopwatchText(elapsedMs: number, hasStopped: boolean): string {
  const digits = hasStopped ? 2 : 1;
  // Cut off and not rounded: a stopwatch that runs shows what has passed.
  const seconds = hasStopped ? elapsedMs / 1000 : Math.floor(elapsedMs / 100) / 10;
  if (Number(seconds.toFixed(digits)) < 60) return `${seconds.toFixed(digits)} s`;
  const whole = hasStopped ? Math.round(elapsedMs / 1000) : Math.floor(elapsedMs / 1000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
