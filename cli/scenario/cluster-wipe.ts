import { randomInt } from 'node:crypto';
import { wrongUsage } from '../../common/explained-error.ts';
import type { LabProvider } from '../../lab/provider.ts';
import { ownCommandLine } from '../../common/own-command.ts';
import { engines as knownEngines } from '../../lab/engines/registry.ts';
import { gitopsNames } from '../../reports/record/schema.ts';
import {
  conditions,
  defaultIterations,
  defaultTimeoutMs,
  leastNodesOfController,
  sentenceOf,
  wipeName,
  wipeProfile,
  type Condition,
  type WipeRequest,
} from '../../scenarios/cluster-wipe/wipe-request.ts';
import { someOf } from '../choices.ts';
import { roughly } from '../progress/run-words.ts';
import { resolveUserPath, runsDirectory } from '../surroundings.ts';
import { demandEngines } from './choose-engines.ts';
import { subjectOf } from '../view/view-state.ts';
import { chooseLab, demandAbilities, type ChosenLab, type LabRegistry } from './choose-lab.ts';
import { chooseProfile } from './choose-profile.ts';
import type { ScenarioFlags } from './flags.ts';
import { runOfRequest, type OtherScenario } from './prepared-run.ts';
import { presenting } from './present.ts';
import { seedCount } from './request.ts';

/** Flags that make no sense for a cluster that is lost. */
const useless = { threshold: '--threshold', keepLab: '--keep-lab' } as const satisfies Partial<
  Record<keyof ScenarioFlags, string>
>;

const summary = 'lose a cluster with all of its data, and rebuild it from Git with one command';

/** So many come back one by one before anybody is bored. */
const applicationsOnStage = 10;

/** On two cores: a control plane, an engine, and its applications, from nothing. */
const startMs = 20_000;
const applicationMs = 300;
/** A release, the steady state before the loss, and the two looks at all objects. */
const aroundMs = 6000;

/**
 * The conditions that are named, or all that such a lab is made for; on stage one that is short and tells all. Throws an
 * explained error where one is named that it can't be in.
 */
function chooseConditions(
  { only, present }: Pick<ScenarioFlags, 'only' | 'present'>,
  { name: lab, abilities }: LabProvider,
): Condition[] {
  const isLabsOwn = abilities.clusters === undefined;
  const usual = conditions.filter(({ loses }) => loses === (isLabsOwn ? undefined : 'objects'));
  if (only === undefined && present === true)
    return usual.filter(({ applications }) => applications === applicationsOnStage);
  if (only === undefined) return usual;
  const named = someOf(
    'condition',
    conditions.map(({ name }) => name),
  )(only);
  const chosen = conditions.filter(({ name }) => named.includes(name));
  const wrong = chosen.find(({ loses }) => (loses === 'objects') === isLabsOwn);
  if (wrong === undefined) return chosen;
  const instead = `use --only ${usual.map(({ name }) => name).join(',')}, or leave it out`;
  throw wrongUsage(
    `${wrong.name} can't be made in the ${lab} lab`,
    isLabsOwn
      ? `it is for a cluster that is not the lab's, and this one is lost as a whole; ${instead}`
      : `it loses the cluster with all of its data, and that cluster is not the lab's: all that the lab made there can be removed and made anew; ${instead}`,
  );
}

/** How many nodes the conditions take. Throws an explained error where the lab has no workers that outlive their controller, or is to have none. */
function nodesFor(
  chosen: readonly Condition[],
  flags: ScenarioFlags,
  { lab, nodes }: ChosenLab,
  { labs }: LabRegistry,
): number {
  const one = chosen.find(({ loses }) => loses === 'controller');
  if (one === undefined) return nodes;
  if (lab.abilities.machines !== 'rebuild') {
    const able = labs.filter(({ choose }) => choose({}).abilities.machines === 'rebuild');
    throw wrongUsage(
      `${one.name} can't be made in the ${lab.name} lab`,
      `its workers do not outlive its controller; ${able.map(({ name }) => `--lab ${name}`).join(' or ')} can`,
    );
  }
  if (flags.nodes === undefined || flags.nodes >= leastNodesOfController)
    return Math.max(nodes, leastNodesOfController);
  throw wrongUsage(
    `${one.name} needs a worker that outlives the controller`,
    `use --nodes ${leastNodesOfController}, or leave it out`,
  );
}

async function requestOf(
  registry: LabRegistry,
  flags: ScenarioFlags,
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<WipeRequest> {
  for (const [flag, typed] of Object.entries(useless)) {
    if (flags[flag as keyof typeof useless] === undefined) continue;
    throw wrongUsage(
      `${wipeName} has no use for ${typed}`,
      'leave it out; --engine, --profile, --only, --iterations, --timeout, --seed and --out are what it takes',
    );
  }
  const chosenLab = chooseLab(flags, registry);
  demandEngines(wipeName, flags.engine, gitopsNames, []);
  const chosen = chooseConditions(flags, chosenLab.lab);
  const losses = chosen.map(({ name }) => ({ name, hitsEngine: true }) as const);
  demandAbilities({ name: wipeName, disturbances: losses }, chosenLab.lab, registry);
  return {
    conditions: chosen,
    engines: flags.engine ?? gitopsNames,
    ...chosenLab,
    nodes: nodesFor(chosen, flags, chosenLab, registry),
    profile: flags.profile === undefined ? wipeProfile : await chooseProfile(flags.profile, { environment }),
    iterations: flags.iterations ?? defaultIterations,
    timeoutMs: flags.timeout ?? defaultTimeoutMs,
    seed: flags.seed ?? randomInt(seedCount),
    thresholds: [],
    keepLab: false,
    outputRoot: flags.out === undefined ? runsDirectory : resolveUserPath(flags.out, { environment }),
    commandLine: ownCommandLine('scenario', words),
  };
}

function planOf(request: WipeRequest) {
  const { engines, profile, iterations, timeoutMs, seed, outputRoot } = request;
  const perEngineMs = request.conditions.reduce((sum, { applications }) => {
    const buildMs = startMs + applications * applicationMs;
    return sum + buildMs + iterations * (buildMs + aroundMs);
  }, 0);
  return {
    scenario: wipeName,
    lab: request.lab.name,
    engines,
    profile: profile.name,
    seed,
    conditions: request.conditions.map((one) => ({ name: one.name, sentence: sentenceOf(one) })),
    iterationsPerCondition: iterations,
    timeoutMs,
    roughDurationMs: engines.length * perEngineMs,
    outputRoot,
  };
}

function planText(request: WipeRequest): string {
  const plan = planOf(request);
  const width = Math.max(...plan.conditions.map(({ name }) => name.length));
  const titles = plan.engines.map((name) => knownEngines[name].title).join(' and ');
  return [
    `${wipeName}: ${summary}`,
    `labs:         ${plan.lab}, one for each condition and engine (${titles}), one after the other`,
    `profile:      ${plan.profile}`,
    `iterations:   each cluster is lost and rebuilt ${plan.iterationsPerCondition} times`,
    `given up:     after ${roughly(plan.timeoutMs)} without all applications`,
    `order:        random, from seed ${plan.seed}`,
    `takes about:  ${roughly(plan.roughDurationMs)} once the programs are there`,
    `written to:   ${plan.outputRoot}/${wipeName}/START-TIME`,
    'conditions:',
    ...plan.conditions.map(({ name, sentence }) => `  ${name.padEnd(width)}  ${sentence}`),
  ].join('\n');
}

/** `scenario cluster-wipe`: how fast a lost cluster is back from Git, and whether it is the same. */
export const clusterWipeScenario = (labs: LabRegistry): OtherScenario => ({
  name: wipeName,
  summary,
  prepare: async (flags, environment, words) => {
    const request = await requestOf(labs, flags, environment, words);
    const run = runOfRequest(request, {
      planOf,
      planText,
      make: async (context) => {
        const { runWipe } = await import('../../scenarios/cluster-wipe/run-wipe.ts');
        return runWipe(request, context);
      },
    });
    const subject = subjectOf(wipeName, request, request.conditions);
    return { ...run, demand: request.lab.demand, subject, present: presenting(flags) };
  },
});
