import { neverCame } from './arm.ts';
import { formatEstimate, formatInterval, formatList, formatP } from './format.ts';
import type { Comparison } from './comparison.ts';
import type { AnalysedContrast } from './contrast.ts';
import { deeds, engineLabels, engineSubjects } from './names.ts';
import { differenceWorthTelling, medianCell, neededSentence } from './verdict-words.ts';

/** What a contrast has shown, for a headline: who was how much sooner or later, of whom nothing is shown, and of whom there is too little. */
export function contrastSentences({ contrast, comparisons }: AnalysedContrast): string[] {
  const { of, against, when, did } = contrast;
  const claims = comparisons.flatMap((comparison) => {
    const size = sizeWords(comparison);
    return size === null ? [] : [{ subject: engineSubjects[comparison.first.engine], size }];
  });
  const shown = claims.map(({ subject, size }, index) => `${subject} ${index === 0 ? `${did} ` : ''}${size}`);
  const alike = enginesWith(comparisons, 'noDifferenceShown');
  const unknown = enginesWith(comparisons, 'notEnoughData');
  return [
    ...(shown.length === 0 ? [] : [`${when}, ${shown.join(', ')}.`]),
    ...(alike.length === 0
      ? []
      : [`No difference between ${of} and ${against} was shown for ${formatList(alike)}.`]),
    ...(unknown.length === 0
      ? []
      : [`There is not enough data to compare ${of} with ${against} for ${formatList(unknown)}.`]),
  ];
}

/** A contrast for one engine, in whole sentences that follow the engine's name. */
export function contrastSentence(comparison: Comparison): string {
  const { verdict, first, second, correctedP } = comparison;
  const medians = `median ${medianCell(first)} after ${first.disturbance}, ${medianCell(second)} after ${second.disturbance}`;
  const sureness = correctedP === null ? '' : ` Holm-corrected p ${formatP(correctedP)}.`;
  switch (verdict.kind) {
    case 'faster':
      return `${sizeWords(comparison) ?? ''} after ${first.disturbance}: ${medians}.${sureness}`;
    case 'noDifferenceShown':
      return `no difference shown: ${medians}.${sureness} That does not show that they are equal.${neededSentence(comparison)}`;
    case 'notEnoughData':
      return (
        `not enough data: ${first.samples.length} and ${second.samples.length} usable iterations, ` +
        `and at least ${comparison.neededSamples ?? 0} of each are needed; ${medians}.`
      );
    case 'notCorrected':
      return `${medians}.`;
  }
}

/** A contrast in a few words, for a table's cell. */
export function shortContrast({ verdict, first, second }: Comparison): string {
  switch (verdict.kind) {
    case 'faster':
      return verdict.faster === first ? 'sooner' : 'later';
    case 'noDifferenceShown':
      return 'no difference shown';
    case 'notEnoughData':
      return 'not enough data';
    case 'notCorrected':
      return [first, second]
        .filter(neverCame)
        .map(({ disturbance, outcome }) => `${disturbance}: ${deeds[outcome].never}`)
        .join('; ');
  }
}

/** `22.7 s sooner (95 % interval 10.1 s to 30.2 s)`; null where no difference is claimed. */
function sizeWords({ verdict, first }: Comparison): string | null {
  if (verdict.kind !== 'faster') return null;
  const { faster, slower } = verdict;
  const word = faster === first ? 'sooner' : 'later';
  const difference = differenceWorthTelling(slower, faster);
  if (difference === null) return `${word}, by how much is not known`;
  const { estimate, interval } = difference;
  return `${formatEstimate(estimate)} ${word}${interval === null ? '' : ` (95 % interval ${formatInterval(interval)})`}`;
}

function enginesWith(comparisons: readonly Comparison[], kind: Comparison['verdict']['kind']): string[] {
  return comparisons
    .filter(({ verdict }) => verdict.kind === kind)
    .map(({ first }) => engineLabels[first.engine]);
}
