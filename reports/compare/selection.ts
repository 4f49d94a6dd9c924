import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { findRepeated, type NamedResults } from '../record/named-run.ts';
import { engineNames, type EngineName, type Results } from '../record/schema.ts';
import { formatList } from '../render/format.ts';
import { engineLabels } from '../render/names.ts';

/** A run of a comparison. */
export interface ComparedRun extends NamedResults {
  /** `A` for the first, which the others are held against, then `B` and on. */
  readonly letter: string;
}

/** Runs that can be set side by side, and what is compared of them. */
export interface Selection {
  readonly baseline: ComparedRun;
  /** At least one. */
  readonly others: readonly ComparedRun[];
  readonly engines: readonly EngineName[];
  readonly disturbances: readonly string[];
  /** What only some of the runs have, as sentences. */
  readonly leftOut: readonly string[];
}

const aCode = 'A'.charCodeAt(0);
const mostRuns = 26;

/** The names that all lists hold, in the order of the first. */
function inCommon(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((name) => others.every((list) => list.includes(name)));
}

function enginesOf({ engines, plan }: Results): EngineName[] {
  return engineNames.filter(
    (name) => plan.engines.includes(name) || engines.some(({ engine }) => engine === name),
  );
}

function disturbancesOf({ scenario }: Results): string[] {
  return scenario.disturbances.map(({ name }) => name);
}

/** What is not in all runs, and in which it is. */
function leftOutOf(
  runs: readonly ComparedRun[],
  namesOf: (results: Results) => readonly string[],
  labelOf: (name: string) => string,
): string[] {
  const all = [...new Set(runs.flatMap(({ results }) => namesOf(results)))];
  return all.flatMap((name) => {
    const having = runs.filter(({ results }) => namesOf(results).includes(name)).map(({ letter }) => letter);
    return having.length === runs.length
      ? []
      : [
          `${labelOf(name)} is left out: only ${formatList(having)} ${having.length === 1 ? 'has' : 'have'} it.`,
        ];
  });
}

function labelOfEngine(name: string): string {
  return engineLabels[name as EngineName];
}

/**
 * What can be compared of the runs, the first of which is the baseline. Throws an explained error where they are of different
 * scenarios, have nothing in common, or hold the same iterations.
 */
export function selectRuns(named: readonly NamedResults[]): Selection {
  const runs = named.map((run, index): ComparedRun => ({
    ...run,
    letter: String.fromCharCode(aCode + index),
  }));
  const [baseline, ...others] = runs;
  if (baseline === undefined || others.length === 0)
    throw wrongUsage(
      'one run alone has nothing to be compared with',
      `name two: ${ownCommand('report', 'compare', 'A', 'B')}`,
    );
  if (runs.length > mostRuns)
    throw wrongUsage(`${runs.length} runs are too many for one comparison`, `name at most ${mostRuns}`);
  demandComparable(runs);
  const disturbances = inCommon(runs.map(({ results }) => disturbancesOf(results)));
  const common = inCommon(runs.map(({ results }) => enginesOf(results)));
  const leftOut = [
    ...leftOutOf(runs, enginesOf, labelOfEngine),
    ...leftOutOf(runs, disturbancesOf, (name) => name),
  ];
  if (common.length === 0 || disturbances.length === 0)
    throw wrongUsage('the runs have no engine and disturbance in common', leftOut.join(' '));
  const engines = engineNames.filter((name) => common.includes(name));
  return { baseline, others, engines, disturbances, leftOut };
}

function demandComparable(runs: readonly ComparedRun[]): void {
  const [first] = runs;
  const calibration = runs.find(({ results }) => results.calibration !== undefined);
  if (calibration !== undefined) {
    throw wrongUsage(
      `"${calibration.name}" is a calibration, which has no iterations to compare`,
      `render it instead: ${ownCommand('report', 'RUN')}`,
    );
  }
  const stranger = runs.find(({ results }) => results.scenario.name !== first?.results.scenario.name);
  if (first !== undefined && stranger !== undefined) {
    const [ours, theirs] = [first, stranger].map(({ results }) => results.scenario.name);
    throw wrongUsage(
      `"${first.name}" is a run of ${ours ?? ''}, and "${stranger.name}" of ${theirs ?? ''}: their times are not of the same thing`,
      'compare runs of one scenario',
    );
  }
  const repeated = findRepeated(runs);
  if (repeated === undefined) return;
  const [one, other] = repeated.map(({ name }) => `"${name}"`);
  throw wrongUsage(
    `${other ?? ''} is the same run as ${one ?? ''}, or a part of it`,
    'compare runs that were made apart',
  );
}
