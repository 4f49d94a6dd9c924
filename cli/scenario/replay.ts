import { startClock } from '../../common/clock.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import { engineLabels } from '../../reports/render/names.ts';
import { someOf } from '../choices.ts';
import { terminalKeys } from '../present/keys.ts';
import { lossCommand, stepsOf } from '../../scenarios/cluster-wipe/stage-words.ts';
import { conditions, wipeName } from '../../scenarios/cluster-wipe/wipe-request.ts';
import { scenesOf, type RecordedSteps } from '../present/recorded-scenes.ts';
import { playScenes } from '../present/replay.ts';
import { readRuns } from '../report/read-runs.ts';
import type { Registry, Surroundings } from '../surroundings.ts';
import type { ScenarioFlags } from './flags.ts';

/** The flags that mean something for what was recorded; all others are about a run that is made. */
const useful: readonly string[] = ['replay', 'present', 'pace', 'only', 'engine', 'scenarios'];

/** Flags as a person types them. */
function typedFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function refuseUseless(flags: object): void {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const useless = given.find(([name]) => !useful.includes(name));
  if (useless === undefined) return;
  throw wrongUsage(
    `a replay has no use for ${typedFlag(useless[0])}: it shows what was recorded, and makes nothing`,
    'leave it out; --pace, --only and --engine are what --replay takes',
  );
}

/** Which run it is, when it was made, and that nothing runs now. */
function bannerOf({ scenario, startedAt }: RecordedRun['results']): string {
  const at = startedAt.slice(0, 16).replace('T', ' ');
  return `REPLAY of ${scenario.name}, recorded ${at} UTC; nothing runs now`;
}

/** The steps of a lost cluster; undefined for a condition that is not known any more. */
function stepsOfWipe(name: string, lab: string): RecordedSteps | undefined {
  const condition = conditions.find((one) => one.name === name);
  return condition && { applications: condition.applications, words: stepsOf(condition, lab) };
}

/** What a person would type to do what a disturbance of a run does; undefined where it is not known. */
function commandFor(name: string, { scenario, lab }: RecordedRun['results'], registry: Registry) {
  const condition = conditions.find((one) => one.name === name);
  if (scenario.name === wipeName) return condition && lossCommand(condition, lab.provider);
  const ours = registry.scenarios.find((one) => one.name === scenario.name);
  return ours?.disturbances.find((one) => one.name === name)?.command;
}

function scenesFor(run: RecordedRun, flags: ScenarioFlags, { registry }: Surroundings) {
  const { scenario, plan } = run.results;
  const known = scenario.disturbances.map(({ name }) => name);
  const only = flags.only === undefined ? known : someOf('disturbance', known)(flags.only);
  const engines = flags.engine ?? plan.engines;
  const isWipe = scenario.name === wipeName;
  const scenes = scenesOf(run, {
    stepsOf: isWipe ? (name) => stepsOfWipe(name, run.results.lab.provider) : undefined,
    commandOf: (disturbance) => commandFor(disturbance, run.results, registry),
    isChosen: ({ engine, disturbance }) => engines.includes(engine) && only.includes(disturbance),
  });
  if (scenes.length > 0) return scenes;
  throw wrongUsage(
    `the run of ${scenario.name} holds no measured iteration to show`,
    `it has ${known.join(', ') || 'no disturbance'} with ${plan.engines.map((one) => engineLabels[one]).join(' and ')}; iterations of which history.jsonl tells nothing can't be shown`,
  );
}

/**
 * Shows a recorded run again, at its own pace; writes nothing and needs no network. `name` is the scenario, where one is named,
 * too. Throws an explained error where there is no such run, or for a flag that is about a run that is made.
 */
export async function replayRun(
  typed: string,
  name: string | undefined,
  flags: ScenarioFlags,
  surroundings: Surroundings,
): Promise<void> {
  refuseUseless(flags);
  const { environment, interruption, stdout } = surroundings;
  const [run] = await readRuns([typed], surroundings);
  if (run === undefined) throw new Error(`nothing was read of ${typed}`);
  const { scenario } = run.results;
  if (name !== undefined && name !== scenario.name)
    throw wrongUsage(`the run at "${typed}" is of ${scenario.name} and not of ${name}`);
  const scenes = scenesFor(run, flags, surroundings);
  await playScenes(scenes, {
    stream: stdout,
    environment,
    keys: terminalKeys(process.stdin),
    paceMs: flags.pace,
    nowMs: startClock().nowMs,
    banner: bannerOf(run.results),
    signal: interruption.signal,
  });
  const { summarize } = await import('../../reports/render/report.ts');
  const { headline, lines } = summarize(run.results);
  stdout.write(`\n${[headline, '', ...lines].join('\n').trimEnd()}\n`);
}
