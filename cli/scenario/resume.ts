import path from 'node:path';
import { wrongUsage } from '../../common/explained-error.ts';
import { readRun } from '../../reports/record/reader.ts';
import { Profile } from '../../scenarios/profiles/profile.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import { findNamed } from '../choices.ts';
import { locateRun } from '../locate-run.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ScenarioFlags } from './flags.ts';
import { thresholdsOf } from './thresholds.ts';

/** The flags that say what a run makes; one that is gone on with has had its answers. */
const settled = ['engine', 'profile', 'only', 'iterations', 'seed', 'timeout', 'out'] as const;

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
  const resumes = await readRun(await locateRun(typed, surroundings));
  const { scenario: recorded, plan, profile, provenance } = resumes.results;
  if (name !== undefined && name !== recorded.name)
    throw wrongUsage(`the run at "${typed}" is of ${recorded.name} and not of ${name}`);
  const isOther = surroundings.registry.otherScenarios.some((one) => one.name === recorded.name);
  if (isOther) {
    throw wrongUsage(
      `a run of ${recorded.name} can't be gone on with`,
      `start a new one: npm run scenario ${recorded.name}`,
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
  return {
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
