import { formatDuration } from '../../common/duration.ts';
import type { Arm } from '../render/arm.ts';
import { formatEstimate, formatInterval, formatP } from '../render/format.ts';
import { engineLabels, timeKinds } from '../render/names.ts';
import { medianCell } from '../render/verdict-words.ts';
import type { Estimate, Interval } from '../statistics/sample.ts';
import type { Change } from './change.ts';
import { areOtherLabs } from './fidelity.ts';
import type { ComparedRun } from './selection.ts';

/** A verdict in a few words. Between labs nothing has become better or worse. */
export function shortChange({ verdict, run }: Change, baseline: ComparedRun): string {
  const isOther = areOtherLabs(run, baseline);
  switch (verdict) {
    case 'regression':
      return isOther ? 'longer' : 'REGRESSION';
    case 'improvement':
      return isOther ? 'shorter' : 'improvement';
    case 'small':
      return 'too small to matter';
    case 'same':
      return 'the same';
    case 'noChangeShown':
      return 'no change shown';
    case 'neither':
      return 'in neither';
    case 'notEnoughData':
      return 'not enough data';
  }
}

/** What a change is of: `Flux, delete-configmap, time to restore`. */
export function changeTitle({ engine, disturbance, time }: Change): string {
  return `${engineLabels[engine]}, ${disturbance}, ${timeKinds[time].title.toLowerCase()}`;
}

/** What changed, by how much, and with what certainty, in one or two sentences that follow the title. */
export function changeSentence(change: Change, baseline: ComparedRun): string {
  const { verdict, run, comparison } = change;
  const { first, second, difference } = comparison;
  const medians = `medians ${medianCell(first)} in ${run.letter} and ${medianCell(second)} in ${baseline.letter}`;
  switch (verdict) {
    case 'regression':
    case 'improvement':
      return `${shortChange(change, baseline)}: ${sizeWords(change, baseline)}; ${medians}. ${certainty(change)}`;
    case 'small':
      return (
        `a change too small to matter: ${sizeWords(change, baseline)}; ${medians}. ` +
        `Nothing below ${formatDuration(change.minimumMs)} is named a change. ${certainty(change)}`
      );
    case 'same':
      return `the same, to within ${formatDuration(change.minimumMs)}: ${medians}${intervalWords(difference?.interval ?? null)}. ${certainty(change)}`;
    case 'noChangeShown':
      return `no change shown: ${medians}${intervalWords(difference?.interval ?? null)}. That does not show that they are equal.${neededWords(change)} ${certainty(change)}`;
    case 'neither':
      return `${timeKinds[change.time].never} in any iteration of either run (${countWords(change)}).`;
    case 'notEnoughData':
      return `not enough data: ${countWords(change)}, and at least ${comparison.neededSamples ?? 0} of each are needed; ${medians}.`;
  }
}

/** By how much the run was slower or faster. */
function sizeWords({ comparison, run, ratio }: Change, baseline: ComparedRun): string {
  const { delta, difference } = comparison;
  const isSlower = (delta ?? 0) > 0;
  const word = isSlower ? 'longer' : 'shorter';
  const start = `${run.letter} took`;
  const than = `than ${baseline.letter}`;
  if (difference === null || isEmpty(difference.estimate, isSlower))
    return `${start} ${word} ${than}, by how much is not known`;
  const times = ratio === null ? '' : `, ${ratio.toFixed(2)} times as long at the median`;
  return `${start} ${sized(difference.estimate, isSlower)} ${word} ${than}${intervalWords(difference.interval)}${times}`;
}

/** "More than" less than nothing is true where watching ended early, and tells nothing. */
function isEmpty({ valueMs, relation }: Estimate, isSlower: boolean): boolean {
  return relation !== 'equal' && (isSlower ? valueMs <= 0 : valueMs >= 0);
}

/** A difference as a length, whose direction another word tells. */
function sized({ valueMs, relation }: Estimate, isSlower: boolean): string {
  if (isSlower) return formatEstimate({ valueMs, relation });
  const turned = { equal: 'equal', moreThan: 'lessThan', lessThan: 'moreThan' } as const;
  return formatEstimate({ valueMs: -valueMs, relation: turned[relation] });
}

function intervalWords(interval: Interval | null): string {
  return interval === null ? '' : ` (difference with 95 % from ${formatInterval(interval)})`;
}

function certainty({ comparison }: Change): string {
  const { delta, p, correctedP } = comparison;
  if (delta === null || p === null || correctedP === null) return '';
  const { first, second } = comparison;
  return `Cliff’s delta ${signed(delta)}, p ${formatP(p)}, Holm-corrected p ${formatP(correctedP)}, n ${first.samples.length} and ${second.samples.length}.`;
}

/** A number with two digits and a true minus. */
export function signed(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

const manyIterations = 1000;

function neededWords({ comparison: { neededSamples } }: Change): string {
  if (neededSamples === null) return '';
  const number = neededSamples > manyIterations ? `More than ${manyIterations}` : `About ${neededSamples}`;
  return ` ${number} iterations of each would be needed to show a difference of this size.`;
}

function countWords({ comparison: { first, second } }: Change): string {
  return `n ${countOf(first)} and ${countOf(second)}`;
}

function countOf({ samples }: Arm): string {
  return String(samples.length);
}
