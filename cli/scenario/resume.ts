import path from 'node:path';
import { wrongUsage, type ExplainedError } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { isOverall, readOverall } from '../../reports/record/overall.ts';
import { readRun } from '../../reports/record/reader.ts';
import { Profile } from '../../scenarios/profiles/profile.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import { findNamed } from '../choices.ts';
import { locateRun } from '../locate-run.ts';
import { shortPath, type Surroundings } from '../surroundings.ts';
import { chooseLab } from './choose-lab.ts';
import type { ScenarioFlags } from './flags.ts';
import { commandForRest } from './rest-of-series.ts';
import { thresholdsOf } from './thresholds.ts';

/** The flags that say what a run makes; one that is gone on with has had its answers. */
const settled = [
  'lab',
  'engine',
  'profile',
  'only',
  'iterations',
  'seed',
  'timeout',
  'out',
  'nodes',
] as const;

/** An overall run is gone on with by its parts: the one that was cut off, and a new one of those that were not begun. */
async function explainOverall(directory: string, surroundings: Surroundings): Promise<ExplainedError> {
  const overall = await readOverall(directory);
  const { parts } = overall;
  const cutOff = parts.flatMap(({ status, run }) =>
    run === null || status === 'complete'
      ? []
      : [ownCommand('scenario', '--resume', `"${shortPath(path.join(directory, run), surroundings)}"`)],
  );
  const left = parts.filter(({ run }) => run === null).map(({ scenario }) => scenario);
  const rest = left.length === 0 ? [] : [commandForRest(left, overall)];
  const commands = [...cutOff, ...rest];
  return wrongUsage(
    "an overall run can't be gone on with as a whole",
    commands.length === 0
      ? 'all of its parts are complete'
      : `go on with what is left of it: ${commands.join('; then ')}; then render it again: ${ownCommand('report', `"${shortPath(directory, surroundings)}"`)}`,
  );
}

/**
 * The request that goes on with the run that `typed` names, as it was begun. `name` is the scenario, where one is named, too.
 * Throws an explained error where there is no such run, or where a flag would change what it makes.
 */
export async function resumeRequest(
  typed: string,
  name: string | undefined,
  flags: ScenarioFlags,
  surroundings: Surroundings,
): Promise<RunRequest> {
  const changed = settled.find((flag) => flags[flag] !== undefined);
  if (changed !== undefined) {
    throw wrongUsage(
      `--${changed} can't be changed for a run that is gone on with`,
      'leave it out, or start a new run without --resume',
    );
  }
  const directory = await locateRun(typed, surroundings);
  if (await isOverall(directory)) throw await explainOverall(directory, surroundings);
  const resumes = await readRun(directory);
  const { scenario: recorded, lab, plan, profile, provenance, shards } = resumes.results;
  if (shards !== undefined) {
    throw wrongUsage(
      "a merged run can't be gone on with",
      'go on with the shard that is not complete, and merge anew; report.md says which it is',
    );
  }
  if (name !== undefined && name !== recorded.name)
    throw wrongUsage(`the run at "${typed}" is of ${recorded.name} and not of ${name}`);
  const isOther = surroundings.registry.otherScenarios.some((one) => one.name === recorded.name);
  if (isOther) {
    throw wrongUsage(
      `a run of ${recorded.name} can't be gone on with`,
      `start a new one: ${ownCommand('scenario', recorded.name)}`,
    );
  }
  const isKnown = surroundings.registry.scenarios.some((one) => one.name === recorded.name);
  if (!isKnown && flags.scenarios === undefined) {
    throw wrongUsage(
      `the run is of ${recorded.name}, which is not built in`,
      'name the directory that holds it too: --scenarios DIRECTORY',
    );
  }
  const scenario = findNamed('scenario', recorded.name, surroundings.registry.scenarios);
  const disturbances = recorded.disturbances.map((one) =>
    findNamed('disturbance', one.name, scenario.disturbances),
  );
  const more = thresholdsOf({ scenario, disturbances, engines: plan.engines }, flags.threshold ?? []);
  const chosen = chooseLab({ ...flags, lab: lab.provider }, surroundings.registry);
  return {
    ...chosen,
    nodes: lab.nodes,
    scenario,
    disturbances,
    engines: plan.engines,
    profile: Profile.parse(profile.settings),
    thresholds: [...new Set([...plan.thresholds, ...more])],
    iterations: plan.iterationsPerDisturbance,
    timeoutMs: plan.timeoutMs,
    seed: provenance.seed,
    outputRoot: path.dirname(path.dirname(resumes.directory)),
    keepLab: flags.keepLab ?? false,
    commandLine: provenance.commandLine,
    resumes,
  };
}
