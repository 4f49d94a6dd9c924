import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import { armOf, type Analysis } from '../analysis.ts';
import type { Arm } from '../arm.ts';
import type { Comparison } from '../comparison.ts';
import { formatCount, formatP, formatWithInterval } from '../format.ts';
import { engineColours, engineLabels } from '../names.ts';
import { medianCell, namedVerdict } from '../verdict-words.ts';

/** Which engine recovered how fast, and how sure that is: a row for each disturbance, with a bar for each engine. Empty where nothing was measured. */
export function answerTable(analysis: Analysis): ElementContent[] {
  const { engines, disturbances, comparisons } = analysis;
  const rows = disturbances.flatMap((disturbance) => {
    const arms = engines.map((engine) => armOf(analysis, disturbance, engine, 'restore'));
    const own = comparisons.filter((one) => one.disturbance === disturbance);
    return arms.some(({ samples }) => samples.length > 0)
      ? [rowOf(disturbance, arms, own, engines.length)]
      : [];
  });
  if (rows.length === 0) return [];
  const isCompared = comparisons.length > 0;
  return [
    h('table', { className: 'answer' }, [
      h(
        'caption',
        'Median time to restore. Bars can be compared within a row.' +
          (isCompared ? ' The last column says what may be claimed, and how sure it is.' : ''),
      ),
      h('thead', [
        h('tr', [
          h('th', { scope: 'col' }, 'Disturbance'),
          h('th', { scope: 'col' }, 'Median time to restore'),
          ...(isCompared ? [h('th', { scope: 'col' }, 'Result')] : []),
        ]),
      ]),
      h('tbody', rows),
    ]),
  ];
}

function rowOf(
  disturbance: string,
  arms: readonly Arm[],
  comparisons: readonly Comparison[],
  engineCount: number,
): ElementContent {
  const longestMs = Math.max(...arms.map(lengthMs), 1);
  return h('tr', [
    h('th', { scope: 'row' }, disturbance),
    h(
      'td',
      arms.flatMap((arm) => laneOf(arm, longestMs)),
    ),
    ...(comparisons.length === 0
      ? []
      : [
          h(
            'td',
            comparisons.flatMap((comparison) => verdictOf(comparison, engineCount)),
          ),
        ]),
  ]);
}

/** How long its bar is: a median that was never seen is as long as it was watched. */
function lengthMs({ description }: Arm): number {
  return description === null ? 0 : description.median.valueMs;
}

function laneOf(arm: Arm, longestMs: number): ElementContent[] {
  const { engine, description } = arm;
  const isOpen = description !== null && description.median.relation === 'moreThan';
  const share = Math.max(0.005, lengthMs(arm) / longestMs);
  const interval = description?.medianInterval ?? null;
  const title =
    description === null || isOpen
      ? ''
      : ` ${formatWithInterval(description.median, interval)}, n = ${formatCount(description)}`;
  return [
    h('div', { className: 'lane', title: `${engineLabels[engine]}:${title}` }, [
      h('span', { className: 'name' }, engineLabels[engine]),
      h('span', { className: 'track', ariaHidden: 'true' }, [
        h('span', {
          className: isOpen ? ['bar', 'open'] : ['bar'],
          style: `width:${(share * 100).toFixed(1)}%;--colour:${engineColours[engine]}`,
        }),
      ]),
      h('span', { className: 'value' }, medianCell(arm)),
    ]),
  ];
}

function verdictOf(comparison: Comparison, engineCount: number): ElementContent[] {
  const { correctedP, first, second } = comparison;
  const counts = [first, second].map(({ samples }) => samples.length).join(' against ');
  const sureness = correctedP === null ? '' : `p ${formatP(correctedP)}, `;
  return [
    h('div', { className: 'verdict' }, namedVerdict(comparison, engineCount)),
    h('div', { className: 'sure' }, `${sureness}${counts} iterations`),
  ];
}
