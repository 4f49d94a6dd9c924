import { parseDurationMs } from '../../common/duration.ts';
import { engines } from '../../lab/engines/registry.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { Profile } from '../../scenarios/profiles/profile.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import { roughly } from '../progress/run-words.ts';

/** A lab with its engine, started one after the other, on two free cores. */
const setUpMs = 20_000;

/**
 * What an iteration takes beside waiting: a new revision applied, pods ready, the engine idle again.
 * Flux looks at the health of what it applied every 5 s (kustomize-controller, checkHealth).
 */
const aroundIterationMs: Readonly<Record<EngineName, number>> = { flux: 5500, argocd: 2000 };

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
  /** Only so good as to tell minutes from hours. */
  readonly roughDurationMs: number;
  readonly outputRoot: string;
}

/** Drift is found by Argo CD's watch at once, and by Flux at its next interval. */
function correctionMs(engine: EngineName, { flux }: Profile): number {
  return engine === 'flux' ? parseDurationMs(flux.applyInterval, 'applyInterval') / 2 : 0;
}

function trialMs(engine: EngineName, { disturbances, iterations, profile }: RunRequest): number {
  const [phaseMs, holdMs] = [
    parseDurationMs(profile.phaseMax, 'phaseMax') / 2,
    parseDurationMs(profile.hold, 'hold'),
  ];
  const usualMs = phaseMs + correctionMs(engine, profile) + holdMs + aroundIterationMs[engine];
  const roundMs = disturbances.reduce(
    (sum, { knownToTakeMs }) => sum + (knownToTakeMs?.[engine] ?? usualMs),
    0,
  );
  return profile.warmups * usualMs + iterations * roundMs;
}

/** The engines' trials go on side by side. */
function roughDurationMs(request: RunRequest): number {
  const trials = request.engines.map((engine) => trialMs(engine, request));
  return request.engines.length * setUpMs + Math.max(...trials);
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
    roughDurationMs: roughDurationMs(request),
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
