import type { ElementContent } from 'hast';
import {
  answerTableOf,
  laneOfArm,
  surenessOf,
  type AnswerRow,
  type Claim,
} from '../render/html/answer-table.ts';
import { engineLabels, timeKinds } from '../render/names.ts';
import type { RunComparison } from './analyse-comparison.ts';
import type { Change, ChangeVerdict } from './change.ts';
import { shortChange } from './change-words.ts';
import { colourOf } from './colours.ts';
import { areOtherLabs } from './fidelity.ts';
import type { ComparedRun } from './selection.ts';

/** What a reader looks for first. */
const rank: Readonly<Record<ChangeVerdict, number>> = {
  regression: 0,
  improvement: 1,
  small: 2,
  same: 2,
  noChangeShown: 2,
  neither: 2,
  notEnoughData: 2,
};

/**
 * What changed in a run, by how much, and how sure that is: the time to restore of each engine after each disturbance, and each other time
 * that became longer or shorter. Empty where nothing can be compared.
 */
export function changeTable(run: ComparedRun, { changes, selection }: RunComparison): ElementContent[] {
  const { baseline } = selection;
  const isOther = areOtherLabs(run, baseline);
  const shown = changes
    .filter((change) => change.run === run)
    .filter(({ time, verdict }) => time === 'restore' || (rank[verdict] < rank.same && !isOther))
    .toSorted((left, right) => rank[left.verdict] - rank[right.verdict]);
  if (shown.length === 0) return [];
  return [
    answerTableOf({
      caption: captionOf(run, baseline, isOther),
      titles: ['Engine and disturbance', 'Median'],
      hasClaims: true,
      groups: [{ rows: shown.map((change) => rowOf(change, baseline, isOther)) }],
    }),
  ];
}

function captionOf({ letter }: ComparedRun, baseline: ComparedRun, isOther: boolean): string {
  const what = isOther
    ? 'the time to restore of each engine after each disturbance'
    : 'the time to restore of each engine after each disturbance, and every other time that became longer or shorter; regressions first';
  return (
    `${letter} against ${baseline.letter}: ${what}. Bars can be compared within a row. The last column says what may be claimed, ` +
    `by how much ${letter} took longer, with the 95 % interval, and how sure that is.`
  );
}

function rowOf(change: Change, baseline: ComparedRun, isOther: boolean): AnswerRow {
  const { engine, disturbance, time, run, comparison } = change;
  const { first, second } = comparison;
  return {
    title: `${engineLabels[engine]}, ${disturbance}`,
    subtitle: timeKinds[time].title,
    lanes: [
      laneOfArm(second, baseline.letter, colourOf(engine, true)),
      laneOfArm(first, run.letter, colourOf(engine, false)),
    ],
    claims: [claimOf(change, baseline, isOther)],
  };
}

function claimOf(change: Change, baseline: ComparedRun, isOther: boolean): Claim {
  const { run, comparison, verdict } = change;
  const { first, second } = comparison;
  return {
    verdict: shortChange(change, baseline),
    sureness: surenessOf(comparison, [second, first], `${run.letter} − ${baseline.letter}: `),
    isAlarm: verdict === 'regression' && !isOther,
  };
}
