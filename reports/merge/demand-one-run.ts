import { wrongUsage, ExplainedError, exitCodes } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { findRepeated, type NamedResults } from '../record/named-run.ts';
import type { Results } from '../record/schema.ts';
import { flattened } from '../render/flattened.ts';
import { withoutPorts } from '../render/without-ports.ts';

/** A property of a run, and how it reads. */
type Field = readonly [name: string, value: string];

/** Settings of a profile that say how many iterations a shard makes, and not how; its name and thresholds are told apart. */
const toldApart = new Set(['name', 'iterations', 'only', 'thresholds']);

/** All that shards of one run have in common. */
function fieldsOf({ scenario, lab, profile, plan, engines, provenance }: Results): Field[] {
  const settings = flattened(profile.settings).filter(([name]) => !toldApart.has(name));
  return [
    ['the scenario', scenario.name],
    ['the lab', lab.provider],
    ['whether pods are simulated', String(lab.podsAreSimulated)],
    ['the number of nodes', String(lab.nodes)],
    ['the list of engines', plan.engines.toSorted().join(', ')],
    [
      'the list of disturbances',
      scenario.disturbances
        .map(({ name }) => name)
        .toSorted()
        .join(', '),
    ],
    ['the profile', profile.name],
    ...settings.map(([name, value]): Field => [`the setting ${name} of the profile`, value]),
    ['the time-out', `${plan.timeoutMs} ms`],
    ['the number of warm-ups', String(plan.warmupsPerTrial)],
    ['the list of thresholds', plan.thresholds.join(', ')],
    ['the version of gitops-lab', provenance.version],
    ...engines.flatMap(engineFields),
    ...provenance.programs.map(({ name, version }): Field => [`the version of the program ${name}`, version]),
  ];
}

function engineFields({ engine, version, installedBy, settings }: Results['engines'][number]): Field[] {
  return [
    [`the version of ${engine}`, version],
    [`the way in which ${engine} was installed`, installedBy],
    ...settings.map(({ name, value }): Field => [`the setting ${name} of ${engine}`, withoutPorts(value)]),
  ];
}

function inWords(value: string | undefined): string {
  if (value === undefined) return 'not there';
  return value === '' ? 'none' : value;
}

/** What differs between two runs, each as a clause. */
function differences(first: Results, second: Results): string[] {
  const [ours, theirs] = [new Map(fieldsOf(first)), new Map(fieldsOf(second))];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name) => {
    const [own = '', other = ''] = [ours, theirs].map((fields) => inWords(fields.get(name)));
    return own === other ? [] : [`${name} differs: ${own}, and ${other}`];
  });
}

/** More would hide the first. */
const mostTold = 5;

function told(clauses: readonly string[]): string {
  const more = clauses.length - mostTold;
  return [...clauses.slice(0, mostTold), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function demandIterations({ name, results }: NamedResults): void {
  if (results.calibration !== undefined)
    throw wrongUsage(`"${name}" is a calibration`, "a calibration is of one machine: it can't be merged");
  if (results.iterations.length === 0) throw wrongUsage(`"${name}" holds no iteration`, 'leave it out');
}

/**
 * Throws an explained error that says why, unless the runs are shards of one: made in the same way of the same programs, each for
 * itself. Seeds, machines, numbers of iterations and of trials may differ.
 */
export function demandOneRun(inputs: readonly NamedResults[]): void {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0)
    throw wrongUsage(
      "one run alone can't be merged",
      `name at least two: ${ownCommand('report', 'merge', 'A', 'B')}`,
    );
  inputs.forEach(demandIterations);
  const repeated = findRepeated(inputs);
  if (repeated !== undefined) {
    const [one, other] = repeated.map(({ name }) => `"${name}"`);
    throw wrongUsage(
      `${other} is the same run as ${one}, or a part of it`,
      'name each run once: its iterations would count twice',
    );
  }
  for (const other of others) {
    const clauses = differences(first.results, other.results);
    if (clauses.length === 0) continue;
    throw new ExplainedError({
      what: `"${other.name}" is no shard of the same run as "${first.name}"`,
      why: told(clauses),
      next:
        first.results.scenario.name === other.results.scenario.name
          ? `set them side by side instead: ${ownCommand('report', 'compare', 'A', 'B')}`
          : 'merge runs of one scenario alone',
      exitCode: exitCodes.wrongUsage,
    });
  }
}
