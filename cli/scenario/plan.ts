import { parseDurationMs } from '../../common/duration.ts';
import { engines } from '../../lab/engines/registry.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import { roughly } from '../progress/run-words.ts';

/** A lab with its engine, started one after the other, on two free cores. */
const setUpMs = 20_000;

/** What an iteration takes beside waiting: a new revision applied, pods ready, the engine idle again. */
const aroundIterationMs = 4000;

/** What a run would do. */
interface Plan {
  readonly scenario: string;
  readonly lab: string;
  readonly engines: readonly string[];
  readonly profile: string;
  readonly seed: number;
  readonly disturbances: readonly { readonly name: string; readonly command: string }[];
  readonly iterationsPerDisturbance: number;
  readonly warmupsPerEngine: number;
  readonly iterationsPerEngine: number;
  readonly timeoutMs: number;
  /** Only so good as to tell minutes from hours: it does not know what an engine leaves uncorrected. */
  readonly roughDurationMs: number;
  readonly outputRoot: string;
}

function roughDurationMs(request: RunRequest, iterationsPerEngine: number): number {
  const { profile, engines: chosen } = request;
  const phaseMs = parseDurationMs(profile.phaseMax, 'phaseMax') / 2;
  // The harness asks for a comparison only when it has committed; drift is found by watch, or by the interval.
  const correctionMs = chosen.includes('flux')
    ? parseDurationMs(profile.flux.applyInterval, 'applyInterval') / 2
    : 0;
  const iterationMs = phaseMs + correctionMs + parseDurationMs(profile.hold, 'hold') + aroundIterationMs;
  return chosen.length * setUpMs + iterationsPerEngine * iterationMs;
}

/** The plan of a run; nothing is started. */
export function planOf(request: RunRequest, lab: string): Plan {
  const { scenario, disturbances, iterations, profile, seed, timeoutMs, outputRoot } = request;
  const iterationsPerEngine = disturbances.length * iterations + profile.warmups;
  return {
    scenario: scenario.name,
    lab,
    engines: request.engines,
    profile: profile.name,
    seed,
    disturbances: disturbances.map(({ name, command }) => ({ name, command })),
    iterationsPerDisturbance: iterations,
    warmupsPerEngine: profile.warmups,
    iterationsPerEngine,
    timeoutMs,
    roughDurationMs: roughDurationMs(request, iterationsPerEngine),
    outputRoot,
  };
}

/** The plan as people read it. */
export function planText(request: RunRequest, lab: string): string {
  const plan = planOf(request, lab);
  const width = Math.max(...plan.disturbances.map(({ name }) => name.length));
  const titles = request.engines.map((name) => engines[name].title);
  return [
    `${plan.scenario}: ${request.scenario.summary}`,
    `labs:         one ${lab} lab for each of ${titles.join(' and ')}`,
    `profile:      ${plan.profile}`,
    `iterations:   ${plan.iterationsPerDisturbance} of each disturbance and ${plan.warmupsPerEngine} to warm up: ${plan.iterationsPerEngine} for each engine`,
    `given up:     after ${roughly(plan.timeoutMs)} without recovery`,
    `order:        random, from seed ${plan.seed}`,
    `takes about:  ${roughly(plan.roughDurationMs)} once the programs are there`,
    `written to:   ${plan.outputRoot}/${plan.scenario}/START-TIME`,
    'disturbances:',
    ...plan.disturbances.map(({ name, command }) => `  ${name.padEnd(width)}  ${command}`),
  ].join('\n');
}
