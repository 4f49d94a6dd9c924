import { randomInt } from 'node:crypto';
import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommandLine } from '../../common/own-command.ts';
import {
  calibrationName,
  defaultSamples,
  delayMaxMs,
  delayMinMs,
  warmups,
  type CalibrationRequest,
} from '../../scenarios/calibrate/calibration-request.ts';
import { conditions, sentenceOf } from '../../scenarios/calibrate/conditions.ts';
import { someOf } from '../choices.ts';
import { roughly } from '../progress/run-words.ts';
import { resolveUserPath, runsDirectory } from '../surroundings.ts';
import type { ScenarioFlags } from './flags.ts';
import { runOfRequest, type OtherScenario } from './prepared-run.ts';
import { seedCount } from './request.ts';

/** Flags that would say something of an engine, or of a lab that is kept; a calibration has neither. */
const useless = {
  engine: '--engine',
  profile: '--profile',
  timeout: '--timeout',
  threshold: '--threshold',
  keepLab: '--keep-lab',
  lab: '--lab',
  nodes: '--nodes',
  present: '--present',
} as const satisfies Partial<Record<keyof ScenarioFlags, string>>;

const summary = 'find out how exact the harness is on this machine, by a reconciler of known delay';

/** On two cores: a control plane, then for each condition its programs, its objects, and its samples. */
const setUpMs = 10_000;
const sampleMs = 75;
const conditionMs = 4000;

function requestOf(
  flags: ScenarioFlags,
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
): CalibrationRequest {
  for (const [flag, typed] of Object.entries(useless)) {
    if (flags[flag as keyof typeof useless] === undefined) continue;
    throw wrongUsage(
      `${calibrationName} has no use for ${typed}: no engine is in its lab`,
      'leave it out; --only, --iterations, --seed and --out are what it takes',
    );
  }
  const known = conditions.map(({ name }) => name);
  const chosen = flags.only === undefined ? known : someOf('condition', known)(flags.only);
  return {
    conditions: conditions.filter(({ name }) => chosen.includes(name)),
    samples: flags.iterations ?? defaultSamples,
    seed: flags.seed ?? randomInt(seedCount),
    outputRoot: flags.out === undefined ? runsDirectory : resolveUserPath(flags.out, { environment }),
    commandLine: ownCommandLine('scenario', words),
  };
}

function planOf(request: CalibrationRequest) {
  const { samples, seed, outputRoot } = request;
  const perConditionMs = conditionMs + (samples + warmups) * sampleMs;
  return {
    scenario: calibrationName,
    seed,
    conditions: request.conditions.map((one) => ({ name: one.name, sentence: sentenceOf(one) })),
    samplesPerCondition: samples,
    warmupsPerCondition: warmups,
    delayMinMs,
    delayMaxMs,
    roughDurationMs: setUpMs + request.conditions.length * perConditionMs,
    outputRoot,
  };
}

function planText(request: CalibrationRequest): string {
  const plan = planOf(request);
  const width = Math.max(...plan.conditions.map(({ name }) => name.length));
  return [
    `${calibrationName}: ${summary}`,
    'lab:          embedded, without an engine',
    `samples:      ${plan.samplesPerCondition} of each condition, after ${plan.warmupsPerCondition} to warm up`,
    `delays:       ${delayMinMs} to ${delayMaxMs} ms, drawn from seed ${plan.seed}`,
    `takes about:  ${roughly(plan.roughDurationMs)} once the programs are there`,
    `written to:   ${plan.outputRoot}/${calibrationName}/START-TIME`,
    'conditions:',
    ...plan.conditions.map(({ name, sentence }) => `  ${name.padEnd(width)}  ${sentence}`),
  ].join('\n');
}

/** `scenario calibrate`: how far the harness's times are from the true ones. */
export const calibrateScenario: OtherScenario = {
  name: calibrationName,
  summary,
  leftOutOfAll: 'it measures the harness, and no engine',
  prepare: (flags, environment, words) => {
    const request = requestOf(flags, environment, words);
    return runOfRequest(request, {
      planOf,
      planText,
      make: async (context) => {
        const { runCalibration } = await import('../../scenarios/calibrate/run-calibration.ts');
        return runCalibration(request, context);
      },
    });
  },
};
