import { randomInt } from 'node:crypto';
import { parseDurationMs } from '../../common/duration.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommandLine } from '../../common/own-command.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import { findNamed, someOf } from '../choices.ts';
import { resolveUserPath, runsDirectory, type Surroundings } from '../surroundings.ts';
import { demandEngines, enginesOf } from './choose-engines.ts';
import { chooseLab, demandAbilities } from './choose-lab.ts';
import { chooseProfile } from './choose-profile.ts';
import type { ScenarioFlags } from './flags.ts';
import { profileFor } from './present.ts';
import { thresholdsOf } from './thresholds.ts';

/** One more than the largest seed: random numbers start from 32 bits. */
export const seedCount = 2 ** 32;

/** Checks what was asked for. Throws an explained error where there is no such thing. */
export async function buildRequest(
  name: string,
  flags: ScenarioFlags,
  surroundings: Pick<Surroundings, 'registry' | 'environment'>,
  words: readonly string[],
): Promise<RunRequest> {
  const { registry } = surroundings;
  const scenario = findNamed('scenario', name, registry.scenarios);
  const { lab, nodes } = chooseLab(flags, registry, scenario);
  const known = scenario.disturbances.map((disturbance) => disturbance.name);
  const profile = profileFor(await chooseProfile(flags.profile ?? scenario.profile, surroundings), flags);
  const only = flags.only ?? profile.only?.join(',');
  const chosen = only === undefined ? undefined : someOf('disturbance', known)(only);
  const disturbances = scenario.disturbances.filter(
    ({ name: own, onlyWhenNamed }) => chosen?.includes(own) ?? onlyWhenNamed !== true,
  );
  const able = enginesOf(scenario, registry);
  demandEngines(scenario.name, flags.engine, able, registry.scenarios);
  const engines = flags.engine ?? able;
  demandAbilities({ ...scenario, disturbances }, lab, registry);
  if (flags.keepLab === true && lab.abilities.clusters !== undefined) {
    throw wrongUsage(
      `--keep-lab can't be used with --lab ${lab.name}`,
      'the lab of one engine has to go before that of the next one is begun',
    );
  }
  return {
    scenario,
    disturbances,
    engines,
    lab,
    nodes,
    profile,
    iterations:
      flags.iterations ??
      (flags.profile === undefined && flags.present === undefined ? scenario.iterations : undefined) ??
      profile.iterations,
    timeoutMs:
      flags.timeout ?? Math.max(parseDurationMs(profile.timeout, 'timeout'), scenario.leastTimeoutMs ?? 0),
    seed: flags.seed ?? randomInt(seedCount),
    thresholds: thresholdsOf({ scenario, disturbances, engines, profile }, flags.threshold ?? []),
    outputRoot: flags.out === undefined ? runsDirectory : resolveUserPath(flags.out, surroundings),
    keepLab: flags.keepLab ?? false,
    commandLine: ownCommandLine('scenario', words),
  };
}
