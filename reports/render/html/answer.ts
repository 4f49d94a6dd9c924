import type { ElementContent } from 'hast';
import { armOf, type Analysis } from '../analysis.ts';
import type { Comparison } from '../comparison.ts';
import { engineColours, engineLabels } from '../names.ts';
import { namedVerdict } from '../verdict-words.ts';
import { answerTableOf, laneOfArm, surenessOf, type AnswerRow, type Claim } from './answer-table.ts';

/** Which engine recovered how fast, and how sure that is: a row for each disturbance, with a bar for each engine. Empty where nothing was measured. */
export function answerTable(analysis: Analysis): ElementContent[] {
  const rows = answerRows(analysis);
  if (rows.length === 0) return [];
  const hasClaims = analysis.comparisons.length > 0;
  return [
    answerTableOf({
      caption:
        'Median time to restore. Bars can be compared within a row.' +
        (hasClaims ? ' The last column says what may be claimed, and how sure it is.' : ''),
      titles: ['Disturbance', 'Median time to restore'],
      hasClaims,
      groups: [{ rows }],
    }),
  ];
}

/** The rows of that table; disturbances of which nothing was measured have none. */
export function answerRows(analysis: Analysis): AnswerRow[] {
  const { engines, disturbances, comparisons } = analysis;
  return disturbances.flatMap((disturbance) => {
    const arms = engines.map((engine) => armOf(analysis, disturbance, engine, 'restore'));
    if (arms.every(({ samples }) => samples.length === 0)) return [];
    return {
      title: disturbance,
      lanes: arms.map((arm) => laneOfArm(arm, engineLabels[arm.engine], engineColours[arm.engine])),
      claims: comparisons
        .filter((one) => one.disturbance === disturbance)
        .map((comparison) => claimOf(comparison, engines.length)),
    };
  });
}

function claimOf(comparison: Comparison, engineCount: number): Claim {
  const { correctedP, first, second } = comparison;
  return {
    verdict: namedVerdict(comparison, engineCount),
    sureness: surenessOf({ difference: null, correctedP }, [first, second]),
  };
}
