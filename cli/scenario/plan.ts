import { parseDurationMs } from '../../common/duration.ts';
import { engines } from '../../lab/engines/registry.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import { formatList } from '../../reports/render/format.ts';
import type { Profile } from '../../scenarios/profiles/profile.ts';
import { trialsOf } from '../../scenarios/runner/plan.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import type { Disturbance } from '../../scenarios/scenario.ts';
import { roughly } from '../progress/run-words.ts';

/** A lab with its engine, started one after the other, on two free cores. */
const setUpMs = 20_000;

/**
 * What an iteration takes beside waiting: a new revision applied, pods ready, the engine idle again.
 * Flux looks at the health of what it applied every 5 s (kustomize-controller, checkHealth).
 */
const aroundIterationMs: Readonly<Record<EngineName, number>> = { flux: 5500, argocd: 2000, manual: 6000 };

/** What a run would do. */
interface Plan {
  readonly scenario: string;
  readonly lab: string;
  readonly engines: readonly string[];
  readonly profile: string;
  readonly seed: number;
  readonly disturbances: readonly { readonly name: string; readonly command: string }[];
  readonly iterationsPerDisturbance: number;
  readonly warmupsPerTrial: number;
  readonly measuredPerEngine: number;
  readonly timeoutMs: number;
  readonly thresholds: readonly string[];
  /** Only so good as to tell minutes from hours. */
  readonly roughDurationMs: number;
  readonly outputRoot: string;
}

/** Drift is found by Argo CD's watch at once, and by Flux at its next interval. */
function correctionMs(engine: EngineName, { flux }: Profile): number {
  return engine === 'flux' ? parseDurationMs(flux.applyInterval, 'applyInterval') / 2 : 0;
}

function trialMs(
  engine: EngineName,
  disturbances: readonly Disturbance[],
  { iterations, profile }: RunRequest,
): number {
  const [phaseMs, holdMs] = [
    parseDurationMs(profile.phaseMax, 'phaseMax') / 2,
    parseDurationMs(profile.hold, 'hold'),
  ];
  const usualMs = phaseMs + correctionMs(engine, profile) + holdMs + aroundIterationMs[engine];
  const roundMs = disturbances.reduce(
    (sum, { knownToTakeMs }) => sum + (knownToTakeMs?.[engine] ?? usualMs),
    0,
  );
  const perRound = (profile.phase === 'both' ? 2 : 1) * (profile.repeats + 1);
  return profile.warmups * usualMs + iterations * perRound * roundMs;
}

/** All trials go on side by side. */
function roughDurationMs(request: RunRequest): number {
  const trials = request.engines.flatMap((engine) =>
    trialsOf(engine, request.disturbances).map((own) => trialMs(engine, own, request)),
  );
  return trials.length * setUpMs + Math.max(...trials);
}

/** The labs of a run, an engine's in its order: `Flux (2), Argo CD (1)`. */
function labsInWords({ engines: names, disturbances }: RunRequest): string {
  return formatList(names.map((name) => `${engines[name].title} (${trialsOf(name, disturbances).length})`));
}

function measuredPerEngine({ disturbances, iterations, profile }: RunRequest): number {
  return disturbances.length * iterations * (profile.repeats + 1) * (profile.phase === 'both' ? 2 : 1);
}

/** The plan of a run; nothing is started. */
export function planOf(request: RunRequest): Plan {
  const { scenario, disturbances, iterations, profile, seed, timeoutMs, thresholds, outputRoot } = request;
  return {
    scenario: scenario.name,
    lab: request.lab.name,
    engines: request.engines,
    profile: profile.name,
    seed,
    disturbances: disturbances.map(({ name, command }) => ({ name, command })),
    iterationsPerDisturbance: iterations,
    warmupsPerTrial: profile.warmups,
    measuredPerEngine: measuredPerEngine(request),
    timeoutMs,
    thresholds,
    roughDurationMs: roughDurationMs(request),
    outputRoot,
  };
}

function repeatsInWords({ phase, repeats }: Profile): string {
  const more = repeats === 0 ? '' : `, made ${repeats + 1} times on one revision`;
  return phase === 'both' ? `${more}, at a random phase and locked` : more;
}

/** The plan as people read it. */
export function planText(request: RunRequest): string {
  const plan = planOf(request);
  const { profile } = request;
  const width = Math.max(...plan.disturbances.map(({ name }) => name.length));
  return [
    `${plan.scenario}: ${request.scenario.summary}`,
    `labs:         ${plan.lab}, one or more for each engine: ${labsInWords(request)}`,
    `profile:      ${plan.profile}`,
    `iterations:   ${plan.iterationsPerDisturbance} of each disturbance${repeatsInWords(profile)}: ${plan.measuredPerEngine} for each engine, and ${plan.warmupsPerTrial} in each lab to warm up`,
    `given up:     after ${roughly(plan.timeoutMs)} without recovery`,
    `order:        random, from seed ${plan.seed}`,
    `takes about:  ${roughly(plan.roughDurationMs)} once the programs are there`,
    `written to:   ${plan.outputRoot}/${plan.scenario}/START-TIME`,
    ...plan.thresholds.map((text) => `must keep to: ${text}`),
    'disturbances:',
    ...plan.disturbances.map(({ name, command }) => `  ${name.padEnd(width)}  ${command}`),
  ].join('\n');
}
