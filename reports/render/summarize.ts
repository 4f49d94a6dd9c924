import type { Calibration } from '../record/calibration.ts';
import type { EngineName, Results } from '../record/schema.ts';
import { analyse, armOf, type Analysis } from './analysis.ts';
import { neverCame, type Arm } from './arm.ts';
import { calibrationHeadline, formatMs, targetWords } from './calibration/words.ts';
import { workSentence } from './by-hand.ts';
import { contrastSentences } from './contrast-words.ts';
import { byPair, type Comparison } from './comparison.ts';
import { formatList } from './format.ts';
import { deeds, engineLabels, engineSubjects, soonerAtAll } from './names.ts';
import { medianCell, shortVerdict } from './verdict-words.ts';

interface Summary {
  /** The answer of the run, in one to four sentences. */
  readonly headline: string;
  /** A text table of the median times to restore, one line for each disturbance; empty where nothing was measured. */
  readonly lines: readonly string[];
}

/** What the command line says at the end of a run. */
export function summarize(results: Results): Summary {
  const { calibration } = results;
  if (calibration !== undefined)
    return { headline: calibrationHeadline(calibration), lines: calibrationTable(calibration) };
  const analysis = analyse(results);
  return { headline: headlineOf(analysis), lines: alignColumns(medianTable(analysis)) };
}

function calibrationTable({ conditions }: Calibration): string[] {
  if (conditions.length === 0) return [];
  const rows = conditions.map((condition) => [
    condition.name,
    ...[condition.error.medianMs, condition.error.p99Ms, condition.error.worstMs].map(formatMs),
    targetWords(condition),
  ]);
  return alignColumns([['error of the harness', 'median', 'p99', 'worst', 'target for the p99'], ...rows]);
}

/** The answer of a run, in a few sentences. */
export function headlineOf(analysis: Analysis): string {
  const hasSamples = analysis.arms.some(({ samples }) => samples.length > 0);
  if (!hasSamples) return 'Not enough data: no measured iteration was valid.';
  const answer = analysis.comparisons.length > 0 ? compareEngines(analysis) : describeAlone(analysis);
  const asked = analysis.contrasts.flatMap(contrastSentences);
  return [...asked, ...workSentence(analysis.work), answer].join(' ');
}

function compareEngines({ comparisons, engines, contrasts }: Analysis): string {
  const pairs = byPair(comparisons);
  const undecided = comparisons.filter(({ verdict }) => verdict.kind === 'notEnoughData');
  const sentences = [
    ...pairs.flatMap((own) => engines.flatMap((engine) => fasterSentence(own, engine))),
    ...engines.flatMap((engine) => notCorrectedSentence(comparisons, engine)),
    ...noDifference(pairs, contrasts.length > 0),
    ...sentenceOn('There is not enough data to compare after', onceOf(undecided)),
  ];
  return sentences.join(' ');
}

/** Names the engines where several pairs are compared and this is not so of all alike, and where they are not all that is compared. */
function noDifference(pairs: readonly (readonly Comparison[])[], isNamed: boolean): string[] {
  const lists = pairs.map((own) => own.filter(({ verdict }) => verdict.kind === 'noDifferenceShown'));
  const names = lists.map((own) => own.map(({ disturbance }) => disturbance).join());
  const [alike] = lists;
  if (!isNamed && alike !== undefined && names.every((one) => one === names[0]))
    return sentenceOn('No difference was shown after', alike);
  return lists.flatMap((own) => {
    const [example] = own;
    if (example === undefined) return [];
    const both = formatList([example.first, example.second].map(({ engine }) => engineSubjects[engine]));
    return sentenceOn(`No difference was shown between ${both} after`, own);
  });
}

/** Those of one kind, each disturbance once. */
function onceOf<Item extends { readonly disturbance: string }>(comparisons: readonly Item[]): Item[] {
  return [...new Map(comparisons.map((one) => [one.disturbance, one])).values()];
}

/** Up to so many disturbances are named, where the engines share them. */
const mostNamed = 4;

function fasterSentence(comparisons: readonly Comparison[], engine: EngineName): string[] {
  const decided = comparisons.flatMap(({ verdict, disturbance }) =>
    verdict.kind === 'faster' ? [{ ...verdict, disturbance }] : [],
  );
  const won = decided.filter(({ faster }) => faster.engine === engine);
  const [example] = won;
  if (example === undefined) return [];
  const deedsDone = [...new Set(won.map(({ faster }) => deeds[faster.outcome].sooner))];
  const [deed = soonerAtAll] = deedsDone.length === 1 ? deedsDone : [];
  const isShared = won.length < decided.length && comparisons.length <= mostNamed;
  const where = isShared
    ? formatList(won.map(({ disturbance }) => disturbance))
    : `${won.length} of ${count(comparisons.length)}`;
  return [`${subjectOf(engine)} ${deed} than ${engineSubjects[example.slower.engine]} after ${where}.`];
}

/** At the beginning of a sentence. */
function subjectOf(engine: EngineName): string {
  const subject = engineSubjects[engine];
  return `${subject.slice(0, 1).toUpperCase()}${subject.slice(1)}`;
}

function notCorrectedSentence(comparisons: readonly Comparison[], engine: EngineName): string[] {
  const arms = comparisons.flatMap(({ first, second }) => [first, second]);
  return neverSentences(
    engine,
    arms.filter((arm) => arm.engine === engine && neverCame(arm)),
  );
}

/** What an engine never did: one sentence for each kind of outcome. */
function neverSentences(engine: EngineName, never: readonly Arm[]): string[] {
  const outcomes = [...new Set(never.map(({ outcome }) => outcome))];
  return outcomes.flatMap((wanted) =>
    sentenceOn(
      `${subjectOf(engine)} ${deeds[wanted].didNot}`,
      onceOf(never.filter(({ outcome }) => outcome === wanted)),
    ),
  );
}

function sentenceOn(start: string, on: readonly { readonly disturbance: string }[]): string[] {
  return on.length === 0 ? [] : [`${start} ${formatList(on.map(({ disturbance }) => disturbance))}.`];
}

function describeAlone({ arms }: Analysis): string {
  const measured = arms.filter(({ time, samples }) => time === 'restore' && samples.length > 0);
  const [example] = measured;
  if (example === undefined) return 'Not enough data: no time to restore was measured.';
  const label = subjectOf(example.engine);
  const always = measured.filter(({ description }) => description?.censoredCount === 0);
  const sentences = [
    `${label} was measured alone: it ${deeds[example.outcome].whole} in every iteration of ${always.length} of ${count(measured.length)}.`,
    ...neverSentences(example.engine, measured.filter(neverCame)),
  ];
  return sentences.join(' ');
}

function count(disturbances: number): string {
  return `${disturbances} disturbance${disturbances === 1 ? '' : 's'}`;
}

/** The cells of a table of the median times to restore, its header first; no rows where nothing was measured. */
export function medianTable(analysis: Analysis): string[][] {
  const { disturbances, engines, comparisons } = analysis;
  const measured = disturbances.filter((disturbance) => restoreArms(analysis, disturbance).some(hasSamples));
  if (measured.length === 0) return [];
  const rows = measured.map((disturbance) => [
    disturbance,
    ...restoreArms(analysis, disturbance).map(medianCell),
    ...comparisons.filter((comparison) => comparison.disturbance === disturbance).map(shortVerdict),
  ]);
  const labels = engines.map((engine) => engineLabels[engine]);
  return [['median time to restore', ...labels, ...pairTitles(comparisons)], ...rows];
}

/** One verdict needs no title. */
function pairTitles(comparisons: readonly Comparison[]): string[] {
  const pairs = byPair(comparisons).flatMap(([example]) => (example === undefined ? [] : [example]));
  if (pairs.length < 2) return [];
  return pairs.map(
    ({ first, second }) => `${engineLabels[first.engine]} against ${engineLabels[second.engine]}`,
  );
}

function hasSamples({ samples }: Arm): boolean {
  return samples.length > 0;
}

function restoreArms(analysis: Analysis, disturbance: string): Arm[] {
  return analysis.engines.map((engine) => armOf(analysis, disturbance, engine, 'restore'));
}

/** Rows as text in aligned columns, two blanks apart. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
