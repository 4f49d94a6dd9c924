import type { RootContent } from 'mdast';
import { formatEstimate } from '../render/format.ts';
import { heading, paragraph, table } from '../render/markdown.ts';
import { engineLabels, timeKinds } from '../render/names.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { FidelityLine } from './fidelity.ts';
import { labOf } from './headline.ts';

/** How the times of one lab are against those of the other; nothing where all runs are of one kind of lab. */
export function fidelitySection({ fidelity, selection: { baseline, others } }: RunComparison): RootContent[] {
  if (fidelity.length === 0) return [];
  const labs = [baseline, ...others].map((run) => `${run.letter} is ${labOf(run)}`).join('; ');
  return [
    heading(2, 'How far one lab stands for the other'),
    table(
      [
        'Time',
        'Engine',
        'Run',
        'Disturbances',
        'Ratio of medians, middle (range)',
        'Shift, middle (range)',
        'Shown to agree',
        'Shown to differ',
      ],
      fidelity.map(fidelityRow),
      '',
    ),
    paragraph(
      `${labs}. A ratio of 2.00 says that the run’s median is twice that of ${baseline.letter}; the shift is the Hodges-Lehmann difference. ` +
        'Middle and range are those over the disturbances in which both medians are known. Where neither agreement nor difference is shown, there are too few iterations to tell.',
    ),
  ];
}

function fidelityRow(line: FidelityLine): string[] {
  const { time, engine, run, disturbances, ratios, medianRatio, shiftsMs, medianShiftMs, same, different } =
    line;
  const shift = (valueMs: number): string => formatEstimate({ valueMs, relation: 'equal' });
  const ends = <Value>(list: readonly Value[], say: (value: Value) => string): string =>
    list.length < 2
      ? ''
      : ` (${list
          .filter((_, at) => at === 0 || at === list.length - 1)
          .map(say)
          .join(' to ')})`;
  return [
    timeKinds[time].title,
    engineLabels[engine],
    run.letter,
    `${ratios.length} of ${disturbances}`,
    medianRatio.toFixed(2) + ends(ratios, (ratio) => ratio.toFixed(2)),
    shift(medianShiftMs) + ends(shiftsMs, shift),
    String(same),
    String(different),
  ];
}
