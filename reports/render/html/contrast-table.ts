import type { ElementContent } from 'hast';
import { paler } from '../colours.ts';
import type { Comparison } from '../comparison.ts';
import type { AnalysedContrast } from '../contrast.ts';
import { shortContrast } from '../contrast-words.ts';
import { engineColours, engineLabels } from '../names.ts';
import { answerTableOf, laneOfArm, surenessOf, type AnswerRow } from './answer-table.ts';

/** What the question sets against each other: a row for each engine, with a bar for each of the two disturbances. */
export function contrastTable({ contrast, comparisons }: AnalysedContrast): ElementContent {
  const { of, against } = contrast;
  return answerTableOf({
    caption:
      `${of} against ${against}, within each engine: median time to restore. Bars can be compared within a row. ` +
      `The last column says what may be claimed, by how much longer ${of} took, with the 95 % interval, and how sure that is.`,
    titles: ['Engine', 'Median time to restore'],
    hasClaims: true,
    groups: [{ rows: comparisons.map(rowOf) }],
  });
}

function rowOf(comparison: Comparison): AnswerRow {
  const { first, second } = comparison;
  const colour = engineColours[first.engine];
  return {
    title: engineLabels[first.engine],
    lanes: [
      laneOfArm(first, first.disturbance, colour),
      laneOfArm(second, second.disturbance, paler(colour)),
    ],
    claims: [{ verdict: shortContrast(comparison), sureness: surenessOf(comparison, [first, second]) }],
  };
}
