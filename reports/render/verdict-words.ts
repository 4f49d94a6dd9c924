import { formatDuration } from '../../common/duration.ts';
import { hodgesLehmann, type Difference } from '../statistics/hodges-lehmann.ts';
import { neverCame, type Arm } from './arm.ts';
import { gaveUpCount, horizonMs, notesWithin, restoredWithin } from './censoring-words.ts';
import type { Comparison } from './comparison.ts';
import { formatEstimate, formatInterval, formatList, formatP } from './format.ts';
import { deeds, engineLabels, timeKinds } from './names.ts';

/** A verdict in a few words, for a table's cell. */
export function shortVerdict({ verdict, first }: Comparison): string {
  switch (verdict.kind) {
    case 'faster':
      return `${engineLabels[verdict.faster.engine]} faster`;
    case 'noDifferenceShown':
      return 'no difference shown';
    case 'notEnoughData':
      return 'not enough data';
    case 'notCorrected':
      return verdict.by.length === 2
        ? deeds[first.outcome].neither
        : `${formatList(verdict.by.map((engine) => engineLabels[engine]))} ${deeds[first.outcome].didNot} it`;
  }
}

/** The same, with the names of the two where more than two engines ran. */
export function namedVerdict(comparison: Comparison, engineCount: number): string {
  const { first, second } = comparison;
  const names = `${engineLabels[first.engine]} against ${engineLabels[second.engine]}`;
  return engineCount > 2 ? `${names}: ${shortVerdict(comparison)}` : shortVerdict(comparison);
}

/** What may be concluded on one disturbance of which several pairs of engines are compared: of each engine, then of each pair. */
export function severalVerdictSentences(arms: readonly Arm[], comparisons: readonly Comparison[]): string {
  return [aloneSentences(arms), ...comparisons.flatMap(pairSentence)].join(' ');
}

/** What is claimed of two engines; nothing where nothing can be. */
function pairSentence({ verdict, first, second, difference, correctedP }: Comparison): string[] {
  const labels = [first, second].map(({ engine }) => engineLabels[engine]);
  if (verdict.kind === 'noDifferenceShown')
    return [`No difference was shown between ${formatList(labels)}${sureness(difference, correctedP)}.`];
  if (verdict.kind !== 'faster') return [];
  const { faster, slower } = verdict;
  const size = differenceWorthTelling(slower, faster);
  const by = size === null ? '' : `, by ${formatEstimate(size.estimate)}`;
  return [
    `${engineLabels[faster.engine]} was faster than ${engineLabels[slower.engine]}${by}${sureness(size, correctedP)}.`,
  ];
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
        `and at least ${comparison.neededSamples ?? 0} of each are needed. ${aloneSentences([first, second])}`
      );
    case 'notCorrected':
      return aloneSentences([first, second]);
  }
}

/** What may be said of each engine on one disturbance without comparing them. */
export function aloneSentences(arms: readonly Arm[]): string {
  const untilMs = horizonMs(arms);
  return arms.map((arm) => aloneSentence(arm, untilMs)).join(' ');
}

function aloneSentence(arm: Arm, untilMs: number | null): string {
  const { description, engine } = arm;
  const label = engineLabels[engine];
  if (description === null) return `${label} has no valid iteration.`;
  const { count, censoredCount } = description;
  if (neverCame(arm)) {
    const watchedMs = Math.min(...arm.samples.map(({ valueMs }) => valueMs));
    const given = gaveUpCount(arm) === 0 ? '' : `; it gave up in ${gaveUpCount(arm)}`;
    return `${label} ${deeds[arm.outcome].didNot} it in any of ${count} iterations, each watched for at least ${formatDuration(watchedMs)}${given}.`;
  }
  if (untilMs === null || censoredCount === 0) {
    return `${label} ${deeds[arm.outcome].did} it in ${count} of ${count} iterations, median ${formatEstimate(description.median)}.`;
  }
  return (
    `${label} ${deeds[arm.outcome].did} it in ${restoredWithin(arm, untilMs)} within ${formatDuration(untilMs)}, ` +
    `${medianName(arm)} ${formatEstimate(description.median)}${notesWithin(arm, untilMs)}.`
  );
}

/** The median restore time for a cell: a duration, `not corrected`, or a dash. */
export function medianCell(arm: Arm): string {
  if (arm.description === null) return '–';
  if (!neverCame(arm)) return formatEstimate(arm.description.median);
  return arm.time === 'restore' ? deeds[arm.outcome].never : timeKinds[arm.time].never;
}

function fasterSentences(faster: Arm, slower: Arm, correctedP: number | null): string {
  const difference = differenceWorthTelling(slower, faster);
  const more =
    difference === null
      ? `${sureness(null, correctedP)}.`
      : `. ${engineLabels[slower.engine]} took ${formatEstimate(difference.estimate)} longer${sureness(difference, correctedP)}.`;
  return (
    `${engineLabels[faster.engine]} ${deeds[faster.outcome].sooner} than ${engineLabels[slower.engine]}: ` +
    `${medianName(faster, slower)} ${medianCell(faster)} against ${medianCell(slower)}${more}${withinSentence([faster, slower])}`
  );
}

/** By how much the slower took longer; null where that tells nothing: "more than" less than nothing is true of one that gave up early. */
export function differenceWorthTelling(slower: Arm, faster: Arm): Difference | null {
  const difference = hodgesLehmann(slower.samples, faster.samples);
  const isEmpty = difference?.estimate.relation === 'moreThan' && difference.estimate.valueMs <= 0;
  return isEmpty ? null : difference;
}

function noDifferenceSentences(comparison: Comparison): string {
  const { difference, correctedP, first, second } = comparison;
  const medians = [first, second].map(
    (arm) => `${engineLabels[arm.engine]} ${medianName(arm)} ${medianCell(arm)}`,
  );
  const size = difference === null ? '' : `, difference ${formatEstimate(difference.estimate)}`;
  return (
    `no difference shown: ${medians.join(', ')}${size}${sureness(difference, correctedP)}. ` +
    `That does not show that they are equal.${neededSentence(comparison)}${withinSentence([first, second])}`
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

/** Beyond this, the number of iterations says no more than that nobody would make so many. */
const manyIterations = 1000;

/** How many iterations would show the difference that was seen; nothing where a difference is claimed. */
export function neededSentence({ neededSamples, delta }: Comparison): string {
  if (neededSamples === null) return delta === 0 ? ' Neither was slower in more pairs than the other.' : '';
  const number = neededSamples > manyIterations ? `More than ${manyIterations}` : `About ${neededSamples}`;
  return ` ${number} iterations of each would be needed to show a difference of this size.`;
}

/** Tells of the iterations that were not restored in time, so that a fast median does not hide them. */
function withinSentence(arms: readonly Arm[]): string {
  const untilMs = horizonMs(arms);
  if (untilMs === null) return '';
  const each = arms.map(
    (arm) =>
      `${engineLabels[arm.engine]} ${deeds[arm.outcome].did} it in ${restoredWithin(arm, untilMs)}` +
      notesWithin(arm, untilMs),
  );
  return ` Within ${formatDuration(untilMs)} ${formatList(each)}.`;
}

/** A median that rests on the curve is called by its name. */
function medianName(...arms: readonly Arm[]): string {
  return arms.some(({ description }) => description?.basis === 'curve') ? 'Kaplan-Meier median' : 'median';
}

function countWords({ engine, samples }: Arm): string {
  return `${engineLabels[engine]} has ${samples.length}`;
}
