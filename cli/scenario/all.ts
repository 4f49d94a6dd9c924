import { randomInt } from 'node:crypto';
import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand, ownCommandLine } from '../../common/own-command.ts';
import { findNamed, someOf } from '../choices.ts';
import { chooseLab, isAble } from './choose-lab.ts';
import { roughly } from '../progress/run-words.ts';
import { allScenarios, resolveUserPath, runsDirectory, type Registry } from '../surroundings.ts';
import type { ScenarioFlags } from './flags.ts';
import type { OtherScenario, PreparedPart, PreparedSeries } from './prepared-run.ts';
import { prepareScenario } from './prepare.ts';
import { seedCount } from './request.ts';

export const allName = 'all';

const summary = 'run a list of scenarios one after the other, and write one report on all';

/** Flags that mean something for one scenario alone, and why. */
const useless = {
  threshold: [
    '--threshold',
    `a threshold is about a disturbance of one scenario: give it to a run of that scenario, or to "${ownCommand('report', 'RUN')}" of a part`,
  ],
  keepLab: ['--keep-lab', 'a kept lab stays until Ctrl-C, which would begin no further scenario'],
  present: ['--present', 'nobody presents for hours: give it to a run of one scenario'],
} as const satisfies Partial<Record<keyof ScenarioFlags, readonly [string, string]>>;

function refuseUseless(flags: ScenarioFlags): void {
  for (const [flag, [typed, why]] of Object.entries(useless)) {
    if (flags[flag as keyof typeof useless] === undefined) continue;
    throw wrongUsage(`${allName} has no use for ${typed}`, why);
  }
}

/**
 * The names of the scenarios to run, in the order of the list: unless they are named, those that the lab has all for. Throws an
 * explained error with the nearest name.
 */
function chosenNames(flags: ScenarioFlags, registry: Registry): string[] {
  const { only } = flags;
  const { lab } = chooseLab(flags, registry);
  const members = allScenarios(registry);
  const leftOut = registry.otherScenarios.filter(({ leftOutOfAll }) => leftOutOfAll !== undefined);
  const unable = registry.scenarios.filter((scenario) => !isAble(scenario, lab));
  const usual = members
    .map(({ name }) => name)
    .filter((name) => ![...leftOut, ...unable].some((one) => one.name === name));
  if (only === undefined) return usual;
  const chosen = someOf(
    'scenario',
    members.map(({ name }) => name),
  )(only);
  const [wrong] = leftOut.filter(({ name }) => chosen.includes(name));
  if (wrong === undefined) return chosen;
  throw wrongUsage(
    `${wrong.name} is no part of ${allName}: ${wrong.leftOutOfAll ?? ''}`,
    `run it by itself: ${ownCommand('scenario', wrong.name)}`,
  );
}

/** The words that ask for a part by itself, for its own report. */
function wordsOf(name: string, flags: ScenarioFlags): string[] {
  const given = [
    ['--engine', flags.engine?.join(',')],
    ['--profile', flags.profile],
    ['--iterations', flags.iterations],
    ['--seed', flags.seed],
    ['--timeout', flags.timeout === undefined ? undefined : `${flags.timeout}ms`],
    ['--out', flags.out],
  ] as const;
  return [name, ...given.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))];
}

async function prepareParts(
  names: readonly string[],
  flags: ScenarioFlags,
  registry: Registry,
  environment: NodeJS.ProcessEnv,
): Promise<PreparedPart[]> {
  const parts: PreparedPart[] = [];
  for (const name of names) {
    const { summary: what } = findNamed('scenario', name, allScenarios(registry));
    const run = await prepareScenario(name, flags, { registry, environment }, wordsOf(name, flags));
    if ('parts' in run) throw new Error(`${name} is a series itself`);
    parts.push({ name, summary: what, run });
  }
  return parts;
}

function planOf({ outputRoot, seed, parts }: Omit<PreparedSeries, 'plan' | 'planText'>) {
  return {
    scenario: allName,
    seed,
    roughDurationMs: parts.reduce((sum, { run }) => sum + run.roughDurationMs(), 0),
    outputRoot,
    parts: parts.map(({ run }) => run.plan()),
  };
}

function planText(series: Omit<PreparedSeries, 'plan' | 'planText'>): string {
  const { parts, seed, outputRoot } = series;
  const width = Math.max(...parts.map(({ name }) => name.length));
  return [
    `${allName}: ${summary}`,
    `scenarios:    ${parts.length}, each with seed ${seed}`,
    `takes about:  ${roughly(planOf(series).roughDurationMs)} once the programs are there`,
    `written to:   ${outputRoot}/${allName}/START-TIME, and each part as a run of its own`,
    'parts:',
    ...parts.map(
      ({ name, summary: what, run }) =>
        `  ${name.padEnd(width)}  about ${roughly(run.roughDurationMs())}: ${what}`,
    ),
  ].join('\n');
}

/** `scenario all`: several of the other scenarios, one after the other. */
export function allScenario(registry: Registry): OtherScenario {
  return {
    name: allName,
    summary,
    prepare: async (flags, environment, words) => {
      refuseUseless(flags);
      const names = chosenNames(flags, registry);
      const seed = flags.seed ?? randomInt(seedCount);
      const handed: ScenarioFlags = { ...flags, only: undefined, seed };
      const series = {
        outputRoot: flags.out === undefined ? runsDirectory : resolveUserPath(flags.out, { environment }),
        seed,
        commandLine: ownCommandLine('scenario', words),
        parts: await prepareParts(names, handed, registry, environment),
      };
      return { ...series, plan: () => planOf(series), planText: () => planText(series) };
    },
  };
}
