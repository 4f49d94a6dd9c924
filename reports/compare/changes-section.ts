import type { RootContent } from 'mdast';
import type { Arm } from '../render/arm.ts';
import { formatCount, formatDifference, formatP } from '../render/format.ts';
import { bulletList, heading, paragraph, strong, table } from '../render/markdown.ts';
import { engineLabels, timeKinds, timeNames, type TimeName } from '../render/names.ts';
import { medianCell } from '../render/verdict-words.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { Change } from './change.ts';
import { changeSentence, changeTitle, shortChange, signed } from './change-words.ts';
import type { ComparedRun } from './selection.ts';

/** Every time of a run against that of the baseline: a table of the figures, and a sentence for each. */
export function changesSection(
  run: ComparedRun,
  { changes, selection: { baseline } }: RunComparison,
): RootContent[] {
  const own = changes.filter((change) => change.run === run);
  return [
    heading(3, `${run.letter} against ${baseline.letter}`),
    ...timeNames.flatMap((time) => timeBlocks(time, run, own, baseline)),
  ];
}

function timeBlocks(
  time: TimeName,
  run: ComparedRun,
  changes: readonly Change[],
  baseline: ComparedRun,
): RootContent[] {
  const own = changes.filter((change) => change.time === time);
  if (own.length === 0) return [];
  const letters = [baseline.letter, run.letter];
  return [
    paragraph(strong(timeKinds[time].title)),
    table(
      [
        'Engine',
        'Disturbance',
        ...letters.map((letter) => `n, ${letter}`),
        ...letters.map((letter) => `Median, ${letter}`),
        `${run.letter} − ${baseline.letter} [95 % interval]`,
        'Ratio',
        'Cliff’s delta',
        'p',
        'p, Holm',
        'Verdict',
      ],
      own.map((change) => rowOf(change, baseline)),
      '',
    ),
    bulletList(own.map((change) => [strong(changeTitle(change)), `: ${changeSentence(change, baseline)}`])),
  ];
}

function rowOf(change: Change, baseline: ComparedRun): string[] {
  const { engine, disturbance, comparison, ratio } = change;
  const { first, second, difference, delta, p, correctedP } = comparison;
  return [
    engineLabels[engine],
    disturbance,
    countCell(second),
    countCell(first),
    medianCell(second),
    medianCell(first),
    formatDifference(difference),
    ratio === null ? '–' : ratio.toFixed(2),
    delta === null ? '–' : signed(delta),
    pCell(p),
    pCell(correctedP),
    shortChange(change, baseline),
  ];
}

function countCell({ description, unobservedCount }: Arm): string {
  const seen = description === null ? '0' : formatCount(description);
  return unobservedCount === 0 ? seen : `${seen}, ${unobservedCount} not seen`;
}

function pCell(p: number | null): string {
  return p === null ? '–' : formatP(p).replace('= ', '');
}
