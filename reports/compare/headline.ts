import { formatEstimate, formatList } from '../render/format.ts';
import { engineLabels, timeKinds, timeNames } from '../render/names.ts';
import type { Change, ChangeVerdict } from './change.ts';
import { areOtherLabs, type FidelityLine } from './fidelity.ts';
import type { ComparedRun, Selection } from './selection.ts';

/** The answer of a comparison for one run beside the baseline. */
export interface Headline {
  readonly sentence: string;
  /** What it rests on, a sentence each; empty where it says all. */
  readonly details: readonly string[];
}

/** The answer of a comparison, one for each run beside the baseline. */
export function headlines(
  { baseline, others }: Selection,
  changes: readonly Change[],
  fidelity: readonly FidelityLine[],
): Headline[] {
  return others.map((run) => {
    const own = changes.filter((change) => change.run === run);
    return areOtherLabs(run, baseline)
      ? fidelityHeadline(
          baseline,
          run,
          fidelity.filter((line) => line.run === run),
        )
      : { sentence: changeHeadline(baseline, run, own), details: [] };
  });
}

function changeHeadline(baseline: ComparedRun, run: ComparedRun, changes: readonly Change[]): string {
  const of = (...verdicts: readonly ChangeVerdict[]) =>
    changes.filter(({ verdict }) => verdicts.includes(verdict));
  const start = `${run.letter} against ${baseline.letter}:`;
  if (of('notEnoughData').length === changes.length) return `${start} not enough data to say anything.`;
  const told = (words: string, ...verdicts: readonly ChangeVerdict[]): string[] => {
    const count = of(...verdicts).length;
    return count === 0 ? [] : [`${count} ${words}`];
  };
  const worse = of('regression');
  const better = of('improvement');
  const parts = [
    worse.length === 0
      ? 'no regression is shown'
      : `${counted(worse.length, 'regression')} (${placesOf(worse)})`,
    ...(better.length === 0 ? [] : [`${counted(better.length, 'improvement')} (${placesOf(better)})`]),
    ...told('the same for practical purposes', 'same', 'small'),
    ...told('without a change that could be shown', 'noChangeShown', 'neither'),
    ...told('with not enough data', 'notEnoughData'),
  ];
  return `${start} ${formatList(parts)}, of ${counted(changes.length, 'comparison')}.`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** More would hide the others. */
const mostPlaces = 4;

/** Where the changes are: each engine and disturbance once, with its times. */
function placesOf(changes: readonly Change[]): string {
  const places = new Map<string, string[]>();
  for (const { engine, disturbance, time } of changes) {
    const place = `${engineLabels[engine]} after ${disturbance}`;
    places.set(place, [...(places.get(place) ?? []), time]);
  }
  const all = [...places].map(([place, times]) => `${place}: ${times.join(', ')}`);
  const more = all.length - mostPlaces;
  return [...all.slice(0, mostPlaces), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Which lab a run was made in, so that it can be told from that of another. */
export function labOf({ results: { lab } }: ComparedRun): string {
  return `${lab.provider}, ${lab.podsAreSimulated ? 'simulated pods' : 'real pods'}`;
}

function fidelityHeadline(baseline: ComparedRun, run: ComparedRun, lines: readonly FidelityLine[]): Headline {
  const labs = `${run.letter} (${labOf(run)}) against ${baseline.letter} (${labOf(baseline)})`;
  const details = timeNames.flatMap((time) => {
    const own = lines.filter((line) => line.time === time);
    return own.length === 0 ? [] : [`${timeKinds[time].title}: ${own.map(lineWords).join('; ')}.`];
  });
  return {
    sentence: `${labs} is about fidelity: how far the figures of one lab can be trusted to hold in the other.`,
    details: details.length === 0 ? ['There is not enough data to say it.'] : details,
  };
}

function lineWords({ engine, medianRatio, medianShiftMs, ratios, same, different }: FidelityLine): string {
  const [least = medianRatio] = ratios;
  const most = ratios.at(-1) ?? medianRatio;
  const range = ratios.length === 1 ? '' : ` (${least.toFixed(2)} to ${most.toFixed(2)})`;
  const shift = formatEstimate({ valueMs: medianShiftMs, relation: 'equal' });
  const sign = medianShiftMs > 0 ? '+' : '';
  const shown =
    same + different === 0
      ? 'neither agreement nor difference is shown'
      : `shown to agree after ${same} and to differ after ${different} of ${counted(ratios.length, 'disturbance')}`;
  return `${engineLabels[engine]} ${medianRatio.toFixed(2)} times as long${range}, shift ${sign}${shift}, ${shown}`;
}
