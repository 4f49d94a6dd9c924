import { formatDuration } from '../../common/duration.ts';
import { hodgesLehmann, type Difference } from '../statistics/hodges-lehmann.ts';
import { minSamplesToInfer } from '../statistics/sample.ts';
import { neverCame, type Arm } from './arm.ts';
import type { Comparison } from './comparison.ts';
import { formatEstimate, formatInterval, formatList, formatP } from './format.ts';
import { engineLabels, timeKinds } from './names.ts';

/** A verdict in a few words, for a table's cell. */
export function shortVerdict({ verdict }: Comparison): string {
  switch (verdict.kind) {
    case 'faster':
      return `${engineLabels[verdict.faster.engine]} faster`;
    case 'noDifferenceShown':
      return 'no difference shown';
    case 'notEnoughData':
      return 'not enough data';
    case 'notCorrected':
      return verdict.by.length === 2
        ? 'neither corrected it'
        : `${formatList(verdict.by.map((engine) => engineLabels[engine]))} did not correct it`;
  }
}

/** What may be concluded on one disturbance, in plain sentences. */
export function verdictSentences(comparison: Comparison): string {
  const { verdict, first, second } = comparison;
  switch (verdict.kind) {
    case 'faster':
      return fasterSentences(verdict.faster, verdict.slower, comparison.correctedP);
    case 'noDifferenceShown':
      return noDifferenceSentences(comparison);
    case 'notEnoughData':
      return (
        `not enough data to compare: ${countWords(first)} and ${countWords(second)} usable iterations, ` +
        `and ${minSamplesToInfer} of each are needed. ${[first, second].map(aloneSentence).join(' ')}`
      );
    case 'notCorrected':
      return [first, second].map(aloneSentence).join(' ');
  }
}

/** What may be said of one engine on one disturbance without comparing it. */
export function aloneSentence(arm: Arm): string {
  const { description, engine } = arm;
  const label = engineLabels[engine];
  if (description === null) return `${label} has no valid iteration.`;
  const { count, censoredCount } = description;
  if (neverCame(arm)) {
    const watchedMs = Math.min(...arm.samples.map(({ valueMs }) => valueMs));
    return `${label} did not correct it in any of ${count} iterations, each watched for at least ${formatDuration(watchedMs)}.`;
  }
  return `${label} restored it in ${count - censoredCount} of ${count} iterations, median ${formatEstimate(description.median)}.`;
}

/** The median restore time for a cell: a duration, `not corrected`, or a dash. */
export function medianCell(arm: Arm): string {
  if (arm.description === null) return '–';
  return neverCame(arm) ? timeKinds[arm.time].never : formatEstimate(arm.description.median);
}

function fasterSentences(faster: Arm, slower: Arm, correctedP: number | null): string {
  const difference = hodgesLehmann(slower.samples, faster.samples);
  const more =
    difference === null
      ? `${sureness(null, correctedP)}.`
      : `. ${engineLabels[slower.engine]} took ${formatEstimate(difference.estimate)} longer${sureness(difference, correctedP)}.`;
  return (
    `${engineLabels[faster.engine]} restored faster than ${engineLabels[slower.engine]}: ` +
    `median ${medianCell(faster)} against ${medianCell(slower)}${more}${leftOver([faster, slower])}`
  );
}

function noDifferenceSentences({ difference, correctedP, first, second }: Comparison): string {
  const medians = [first, second].map((arm) => `${engineLabels[arm.engine]} median ${medianCell(arm)}`);
  const size = difference === null ? '' : `, difference ${formatEstimate(difference.estimate)}`;
  return (
    `no difference shown: ${medians.join(', ')}${size}${sureness(difference, correctedP)}. ` +
    `That does not show that they are equal.${leftOver([first, second])}`
  );
}

/** How sure a claim is, in brackets. */
function sureness(difference: Difference | null, correctedP: number | null): string {
  const interval = difference?.interval ?? null;
  const parts = [
    ...(interval === null ? [] : [`95 % interval ${formatInterval(interval)}`]),
    ...(correctedP === null ? [] : [`Holm-corrected p ${formatP(correctedP)}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/** Names the iterations that were not restored in time, so that a fast median does not hide them. */
function leftOver(arms: readonly Arm[]): string {
  return arms
    .flatMap(({ engine, description }) =>
      description === null || description.censoredCount === 0
        ? []
        : ` ${engineLabels[engine]} left ${description.censoredCount} of ${description.count} not restored in time.`,
    )
    .join('');
}

function countWords({ engine, samples }: Arm): string {
  return `${engineLabels[engine]} has ${samples.length}`;
}
