import { setMaxListeners } from 'node:events';
import { startClock, type Clock } from '../../common/clock.ts';
import { explain, messageOf } from '../../common/explained-error.ts';
import { Turn } from '../../common/turn.ts';
import { WaitMeter } from '../../common/wait-meter.ts';
import { toolsOfEngine } from '../../lab/engines/registry.ts';
import { forgeTools } from '../../lab/forge/forge.ts';
import { chartTools } from '../../lab/forge/chart-publisher.ts';
import { registryTools } from '../../lab/forge/oci-registry.ts';
import type { LabProvider } from '../../lab/provider.ts';
import { provideTools, type ToolchainProgress, type ToolName } from '../../lab/toolchain/toolchain.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import type { EngineName, Results } from '../../reports/record/schema.ts';
import { createRun, reopenRun } from '../../reports/record/writer.ts';
import { lastCalibration } from '../calibrate/kept-calibration.ts';
import { requestTools } from '../requests/k6.ts';
import type { Scenario } from '../scenario.ts';
import { setUpBench, trialContext, type Bench, type Running, type TrialSpec, type Turns } from './bench.ts';
import { inTurns } from './in-turns.ts';
import { sampleMachine, watchMachine } from './machine.ts';
import { leftOutOf } from './leave-out.ts';
import { planTrial, shuffled, trialsOf, type PlannedIteration } from './plan.ts';
import { predictRun } from './predict-run.ts';
import type { RunProgress } from './progress.ts';
import { ResultsBuilder } from './results-builder.ts';
import { demandSamePrograms, earlierPart, nextNumbers, remainingOf, resumesAtMs } from './resume.ts';
import { rulesOf, type RunRequest } from './run-request.ts';
import { Stage, type Announce } from './stage.ts';
import { runTrial, untilBroken } from './trial.ts';
import { sampleUsage } from './usage.ts';

/** What a run needs besides the request. */
export interface RunSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: RunProgress;
  readonly toolchainProgress: ToolchainProgress;
  /** Interrupts the run; what was measured until then is kept. */
  readonly signal: AbortSignal;
  /** Told the run's directory as soon as it is there. */
  readonly onRecording: (directory: string) => void;
  /** Presents the run: its iterations come one at a time, and each stands still until this lets it go on. */
  readonly announce?: Announce | undefined;
  /** Called at the end of a run whose labs are to be kept; they are stopped when it settles. */
  readonly whileKept: (kubeconfigFiles: readonly string[]) => Promise<void>;
}

/** A trial with all that is still to be made in it. */
interface PlannedTrial {
  readonly spec: TrialSpec;
  readonly plan: readonly PlannedIteration[];
}

/** The tools that a run in such a lab with these engines needs, for a scenario that needs these features and this forge. */
export function toolsFor(
  { tools }: Pick<LabProvider, 'tools'>,
  engineNames: readonly EngineName[],
  {
    needs = [],
    forge = 'git-http',
    registry,
    requests,
  }: Pick<Scenario, 'needs' | 'forge' | 'registry' | 'requests'> = {},
): ToolName[] {
  const ofEngines = engineNames.flatMap((name) => toolsOfEngine(name, needs));
  const ofRegistry = registry === true ? registryTools : [];
  const ofCharts = registry === true && needs.includes('helm') ? chartTools : [];
  const ofClients = requests === undefined ? [] : requestTools;
  return [...tools, ...forgeTools[forge], ...ofRegistry, ...ofCharts, ...ofClients, ...ofEngines];
}

/** The trials of a run, without those of which nothing is left to be made. */
function planTrials(request: RunRequest): PlannedTrial[] {
  const { disturbances, resumes } = request;
  const made = resumes === undefined ? [] : earlierPart(resumes, request).iterations;
  return request.engines.flatMap((engine) => {
    const first = resumes === undefined ? 1 : nextNumbers(resumes, engine).trial;
    const own = made.filter((iteration) => iteration.engine === engine);
    return trialsOf(engine, disturbances)
      .map((some) => ({ some, plan: remainingOf(planTrial(request, engine, some), own) }))
      .filter(({ plan }) => plan.length > 0)
      .map(({ some, plan }, index) => ({ spec: { engine, trial: first + index, disturbances: some }, plan }));
  });
}

/** One trial, until all its iterations are made or something of its lab breaks. */
async function measure(
  bench: Bench,
  plan: readonly PlannedIteration[],
  running: Running,
  turns: Turns,
  all: readonly Bench[],
): Promise<void> {
  const { request, progress, run, results, clock, nextIndex } = running;
  const { spec, managed, observer } = bench;
  const pausedMs = (): number => running.stage?.pausedMs ?? 0;
  const [startMs, pausedBeforeMs] = [clock.nowMs(), pausedMs()];
  const ended = new AbortController();
  const until = AbortSignal.any([ended.signal, running.signal]);
  const machine = watchMachine();
  try {
    void sampleUsage(managed.lab, observer, until);
    void sampleMachine(machine, observer, until);
    await Promise.race([
      untilBroken(managed.lab, (component) => {
        observer.note({ type: 'component-exit', component });
      }),
      runTrial({
        context: trialContext(bench, running, machine, turns, all),
        plan,
        rules: rulesOf(request.profile),
        nextIndex: () => nextIndex(spec.engine),
        maxReplacements: request.profile.maxReplacements,
        onIteration: async (iteration, { done, total, isMadeAgain }) => {
          results.addIteration(iteration);
          await run.saveIterations(results.build('interrupted', 'the run has not ended yet'));
          const spentMs = clock.nowMs() - startMs - (pausedMs() - pausedBeforeMs);
          const remainingMs = (spentMs / done) * (total - done);
          progress({ type: 'iteration', trial: spec, iteration, done, total, remainingMs, isMadeAgain });
        },
      }),
    ]);
    // A chart comes with the first iteration, and the settings of its release with it.
    if (bench.application.chart !== undefined) {
      await bench.engine.correctDrift?.(true);
      results.readBack(spec.engine, await bench.engine.readSettings());
    }
  } finally {
    ended.abort();
    machine.stop();
  }
}

function turnsOf(engineNames: readonly EngineName[]): Turns {
  const repositories = new Map(engineNames.map((name) => [name, new Turn()]));
  return { disturb: new Turn(), repository: (engine) => repositories.get(engine) ?? new Turn() };
}

async function tearDown(benches: readonly Bench[]): Promise<void> {
  await Promise.all(
    benches.map(async ({ managed, home }) => {
      await managed.stop();
      await home.release();
    }),
  );
}

/** Makes all trials at once, or by turns where the clusters are there. */
async function makeTrials(
  trials: readonly PlannedTrial[],
  running: Running,
  surroundings: RunSurroundings,
): Promise<void> {
  const { request } = running;
  const ordered = shuffled(trials, request.seed, 'order of the labs');
  const isShared = request.lab.abilities.clusters !== undefined;
  for (const some of isShared ? inTurns(ordered) : [ordered]) await makeTogether(some, running, surroundings);
}

/** Sets up every bench, measures, and tears down again whatever happened. */
async function makeTogether(
  trials: readonly PlannedTrial[],
  running: Running,
  { whileKept }: RunSurroundings,
): Promise<void> {
  const { request, meter } = running;
  const benches: { bench: Bench; plan: readonly PlannedIteration[] }[] = [];
  const stopWatching = new AbortController();
  const bounded: Running = { ...running, signal: AbortSignal.any([running.signal, stopWatching.signal]) };
  // Every watch and every wait of all labs listens to it.
  setMaxListeners(0, bounded.signal);
  try {
    for (const { spec, plan } of trials) {
      const before = benches.map(({ bench }) => bench);
      benches.push({ bench: await setUpBench(spec, bounded, before), plan });
    }
    const all = benches.map(({ bench }) => bench);
    const turns = turnsOf(request.engines);
    await Promise.all(benches.map(async ({ bench, plan }) => measure(bench, plan, bounded, turns, all)));
    if (request.keepLab) {
      await meter.during(whileKept(benches.map(({ bench }) => bench.managed.lab.kubeconfigFile)));
    }
  } finally {
    stopWatching.abort();
    await tearDown(benches.map(({ bench }) => bench));
  }
}

/** Numbers the iterations of each engine, after those that an earlier part of the run made. */
function numbering(resumes: RecordedRun | undefined): Running['nextIndex'] {
  const next = new Map<EngineName, number>();
  return (engine) => {
    const index = next.get(engine) ?? (resumes === undefined ? 1 : nextNumbers(resumes, engine).index);
    next.set(engine, index + 1);
    return index;
  };
}

/** The stage of a run that is presented. */
function stageFor(
  trials: readonly PlannedTrial[],
  { nowMs }: Clock,
  { announce }: RunSurroundings,
  resumes: RecordedRun | undefined,
): Stage | undefined {
  if (announce === undefined) return undefined;
  const planned = trials.reduce((sum, { plan }) => sum + plan.length, 0);
  return new Stage({ announce, planned, nowMs, leftOut: leftOutOf(resumes?.history ?? []) });
}

/** What was measured is worth keeping without its predictions, too. */
async function withPredictions(directory: string, results: Results, scenario: Scenario): Promise<Results> {
  try {
    return { ...results, predictions: await predictRun(directory, results, scenario) };
  } catch (error) {
    const notice = `The predictions could not be made: ${messageOf(error)}.`;
    const { provenance } = results;
    return { ...results, provenance: { ...provenance, notices: [...provenance.notices, notice] } };
  }
}

/**
 * Makes a run, or goes on with one: gets the tools, starts the labs, disturbs them by turns, and records everything.
 * A run that fails or is interrupted keeps what it has, and says so in its results; it throws only where nothing
 * could be recorded at all, for example because a tool can't be had.
 */
export async function runScenario(
  request: RunRequest,
  surroundings: RunSurroundings,
): Promise<{ readonly directory: string; readonly results: Results }> {
  const { environment, toolchainProgress, progress, signal } = surroundings;
  const { resumes, outputRoot, scenario, lab } = request;
  await lab.demand(environment);
  const tools = await provideTools(toolsFor(lab, request.engines, scenario), {
    environment,
    progress: toolchainProgress,
    signal,
  });
  if (resumes !== undefined) demandSamePrograms(resumes, tools);
  const labs = await lab.prepare({ tools, environment, signal });
  const clock = startClock(resumes === undefined ? 0 : resumesAtMs(resumes, new Date()));
  const meter = new WaitMeter(clock);
  const startedAt = clock.wallTime();
  const run = await (resumes === undefined
    ? createRun({ root: outputRoot, scenario: scenario.name, startedAt })
    : reopenRun(resumes.directory));
  surroundings.onRecording(run.directory);
  const earlier = resumes === undefined ? undefined : earlierPart(resumes, request);
  const trials = planTrials(request);
  const stage = stageFor(trials, clock, surroundings, resumes);
  const results = await ResultsBuilder.create({
    request,
    stage,
    tools,
    clock,
    meter,
    startedAt,
    instrument: await lastCalibration(),
    earlier,
  });
  await run.saveIterations(results.build('interrupted', 'the run has not ended yet'));
  const nextIndex = numbering(resumes);
  const outcome = await makeTrials(
    trials,
    { stage, request, labs, progress, tools, run, clock, results, meter, nextIndex, signal },
    surroundings,
  ).then(
    () => results.build('complete', ''),
    (error: unknown) =>
      signal.aborted
        ? results.build('interrupted', 'stopped by the user')
        : results.build('failed', explain(error)),
  );
  // On disk first: the predictions are made from what the run left there.
  await run.saveIterations(outcome);
  const predicted = await withPredictions(run.directory, outcome, scenario);
  await run.finish(predicted);
  return { directory: run.directory, results: predicted };
}
