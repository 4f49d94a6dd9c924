import { setMaxListeners } from 'node:events';
import { startClock } from '../../common/clock.ts';
import { explain } from '../../common/explained-error.ts';
import { Turn } from '../../common/turn.ts';
import { WaitMeter } from '../../common/wait-meter.ts';
import { embeddedTools } from '../../lab/embedded/embedded-lab.ts';
import { engines } from '../../lab/engines/registry.ts';
import { provideTools, type ToolchainProgress, type ToolName } from '../../lab/toolchain/toolchain.ts';
import type { EngineName, Results } from '../../reports/record/schema.ts';
import { createRun } from '../../reports/record/writer.ts';
import { setUpBench, trialContext, type Bench, type Running } from './bench.ts';
import { planTrial, shuffled } from './plan.ts';
import type { RunProgress } from './progress.ts';
import { ResultsBuilder } from './results-builder.ts';
import type { RunRequest } from './run-request.ts';
import { runTrial, untilBroken } from './trial.ts';
import { sampleUsage } from './usage.ts';

/** What a run needs besides the request. */
export interface RunSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: RunProgress;
  readonly toolchainProgress: ToolchainProgress;
  /** Interrupts the run; what was measured until then is kept. */
  readonly signal: AbortSignal;
  /** Called at the end of a run whose labs are to be kept; they are stopped when it settles. */
  readonly whileKept: (kubeconfigFiles: readonly string[]) => Promise<void>;
}

/** The random stream that decides which engine's lab is started first. */
const engineOrderStream = 1_000_000;

/** The tools that a run with these engines needs. */
export function toolsFor(engineNames: readonly EngineName[]): ToolName[] {
  return [...embeddedTools, ...engineNames.flatMap((name) => engines[name].tools)];
}

/** The trial of one engine, until all its iterations are made or something of its lab breaks. */
async function measure(bench: Bench, running: Running, disturbTurn: Turn): Promise<void> {
  const { request, progress, run, results, clock } = running;
  const { profile, disturbances, iterations, seed } = request;
  const startMs = clock.nowMs();
  const ended = new AbortController();
  const until = AbortSignal.any([ended.signal, running.signal]);
  try {
    void sampleUsage(bench.managed.lab, bench.observer, until);
    await Promise.race([
      untilBroken(bench.managed.lab, (component) => {
        bench.observer.note({ type: 'component-exit', component });
      }),
      runTrial({
        context: trialContext(bench, running, disturbTurn),
        plan: planTrial({ disturbances, iterations, warmups: profile.warmups, seed }),
        maxReplacements: profile.maxReplacements,
        onIteration: async (iteration, done, total) => {
          results.addIteration(iteration);
          await run.saveIterations(results.build('interrupted', 'the run has not ended yet'));
          const remainingMs = ((clock.nowMs() - startMs) / done) * (total - done);
          progress({
            type: 'iteration',
            engine: bench.name,
            iteration,
            done,
            total,
            remainingMs,
          });
        },
      }),
    ]);
  } finally {
    ended.abort();
  }
}

async function tearDown(benches: readonly Bench[]): Promise<void> {
  await Promise.all(
    benches.map(async ({ managed, home }) => {
      await managed.stop();
      await home.release();
    }),
  );
}

/** Sets up every bench, measures, and tears down again whatever happened. */
async function makeTrials(running: Running, { whileKept }: RunSurroundings): Promise<void> {
  const { request, meter } = running;
  const benches: Bench[] = [];
  const stopWatching = new AbortController();
  const bounded: Running = { ...running, signal: AbortSignal.any([running.signal, stopWatching.signal]) };
  // Every watch and every wait of both labs listens to it.
  setMaxListeners(0, bounded.signal);
  try {
    for (const name of shuffled(request.engines, request.seed, engineOrderStream)) {
      benches.push(await setUpBench(name, bounded));
    }
    const disturbTurn = new Turn();
    await Promise.all(benches.map(async (bench) => measure(bench, bounded, disturbTurn)));
    if (request.keepLab) {
      await meter.during(whileKept(benches.map(({ managed }) => managed.lab.kubeconfigFile)));
    }
  } finally {
    stopWatching.abort();
    await tearDown(benches);
  }
}

/**
 * Makes a run: gets the tools, starts a lab for each engine, disturbs them by turns, and records everything.
 * A run that fails or is interrupted keeps what it has, and says so in its results; it throws only where nothing
 * could be recorded at all, for example because a tool can't be had.
 */
export async function runScenario(
  request: RunRequest,
  surroundings: RunSurroundings,
): Promise<{ readonly directory: string; readonly results: Results }> {
  const { environment, toolchainProgress, progress, signal } = surroundings;
  const tools = await provideTools(toolsFor(request.engines), {
    environment,
    progress: toolchainProgress,
    signal,
  });
  const clock = startClock();
  const meter = new WaitMeter(clock);
  const startedAt = clock.wallTime();
  const run = await createRun({ root: request.outputRoot, scenario: request.scenario.name, startedAt });
  const results = await ResultsBuilder.create({ request, tools, clock, meter, startedAt });
  const outcome = await makeTrials(
    { request, progress, tools, run, clock, results, meter, signal },
    surroundings,
  ).then(
    () => results.build('complete', ''),
    (error: unknown) =>
      signal.aborted
        ? results.build('interrupted', 'stopped by the user')
        : results.build('failed', explain(error)),
  );
  await run.finish(outcome);
  return { directory: run.directory, results: outcome };
}
