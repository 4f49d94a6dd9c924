import { setMaxListeners } from 'node:events';
import { startClock } from '../../common/clock.ts';
import { explain, ExplainedError } from '../../common/explained-error.ts';
import { WaitMeter } from '../../common/wait-meter.ts';
import { provideTools } from '../../lab/toolchain/toolchain.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { EngineName, Results } from '../../reports/record/schema.ts';
import { createRun } from '../../reports/record/writer.ts';
import { lastCalibration } from '../calibrate/kept-calibration.ts';
import { leftOutIteration } from '../runner/leave-out.ts';
import { sampleMachine, watchMachine } from '../runner/machine.ts';
import { milestonesBetween } from '../runner/milestones.ts';
import { shuffled } from '../runner/plan.ts';
import { ResultsBuilder } from '../runner/results-builder.ts';
import { rulesOf } from '../runner/run-request.ts';
import { toolsFor, type RunSurroundings } from '../runner/run-scenario.ts';
import { Stage } from '../runner/stage.ts';
import { sampleUsage } from '../runner/usage.ts';
import { WipeBench, type WipeRun, type WipeTrial } from './bench.ts';
import { RebuildTracker } from './follow-rebuild.ts';
import { judgeWipe } from './judge-wipe.ts';
import { runWipeIteration, steadinessProblem } from './wipe-iteration.ts';
import { conditions, scenarioRecord, wipeName, wipeQuestion, type WipeRequest } from './wipe-request.ts';
import { WipeStage } from './wipe-stage.ts';

/** A lab for each engine and condition, in a random order. */
function planTrials({ engines, conditions: chosen, seed }: WipeRequest): WipeTrial[] {
  const trials = engines.flatMap((engine) =>
    chosen.map((condition, index) => ({ engine, condition, trial: index + 1 })),
  );
  return shuffled(trials, seed, 'order of the labs');
}

/** How many applications a condition has. */
export function applicationCount(condition: string): number {
  return conditions.find(({ name }) => name === condition)?.applications ?? 0;
}

interface Running extends WipeRun {
  readonly meter: WaitMeter;
  /** Undefined where nothing is presented. */
  readonly stage: Stage | undefined;
  readonly nextIndex: (engine: EngineName) => number;
  readonly save: () => Promise<void>;
}

/** Installs the engine in the first cluster of a lab, and records what it is; it has a first release in its history then. */
async function setUp(bench: WipeBench, { results, request, signal }: Running): Promise<void> {
  await bench.commitRelease();
  const managed = await bench.startCluster();
  const { engine } = managed;
  if (engine === undefined) throw new Error(`the lab of ${bench.trial.engine} has no engine`);
  const settings = await engine.readSettings();
  const { engine: name, trial, condition } = bench.trial;
  results.addTrial({ name, trial, disturbances: [condition.name], engine, settings, managed });
  const { limits } = rulesOf(request.profile);
  // An engine that is installed for the first time may commit to Git itself.
  const problem = await steadinessProblem(await bench.head(), { bench, limits, signal });
  if (problem !== undefined)
    throw new ExplainedError({ what: `${condition.name} could not be set up with ${name}`, why: problem });
}

/** Tells the steps of a rebuild, as they are reached or lost again. */
function tellMilestones(
  { trial: { engine, trial, condition } }: WipeBench,
  progress: Running['progress'],
): (fact: Observation) => void {
  let tracker: RebuildTracker | undefined;
  return (fact) => {
    if (fact.type === 'disturbed') tracker = new RebuildTracker(condition.applications, fact.revision);
    if (tracker === undefined) return;
    const before = tracker.recovery;
    tracker.observe(fact);
    for (const milestone of milestonesBetween(before, tracker.recovery))
      progress({ type: 'milestone', trial: { engine, trial }, milestone });
    if (fact.type === 'watched') tracker = undefined;
  };
}

/** Makes one iteration, judges it by its facts, and puts it on disk. */
async function iterate(bench: WipeBench, done: number, running: Running): Promise<void> {
  const { request, results, progress, nextIndex, meter, save, signal, stage } = running;
  const { trial, observer } = bench;
  const { holdMs, limits } = rulesOf(request.profile);
  const usageEnds = new AbortController();
  const start = observer.state();
  const facts: Observation[] = [];
  const index = nextIndex(trial.engine);
  const tell = tellMilestones(bench, progress);
  const unsubscribe = observer.subscribe((fact) => {
    if (fact.iteration !== index) return;
    facts.push(fact);
    tell(fact);
  });
  const spentMs = (): number => performance.now() - (stage?.pausedMs ?? 0);
  const startMs = spentMs();
  void sampleUsage(bench.cluster.lab, observer, AbortSignal.any([usageEnds.signal, signal]));
  try {
    const onActivity = (text: string): void => {
      if (text.endsWith('lost')) usageEnds.abort();
      progress({ type: 'activity', trial, text });
    };
    await runWipeIteration({
      bench,
      index,
      timeoutMs: request.timeoutMs,
      holdMs,
      limits,
      signal,
      onActivity,
      waiting: async (wait) => meter.during(wait),
      stage: stage && new WipeStage(stage, bench, request.lab.name, signal),
    });
  } finally {
    usageEnds.abort();
    unsubscribe();
    const iteration = judgeWipe(start, facts, { limits, applicationsOf: applicationCount });
    if (iteration !== undefined && !signal.aborted) {
      results.addIteration(iteration);
      await save();
      const total = request.iterations;
      const remainingMs = (spentMs() - startMs) * (total - done);
      progress({ type: 'iteration', trial, iteration, done, total, remainingMs });
    }
  }
}

/** Records an iteration that is left out without its lab, which is not there, or is of no use any more. */
async function leaveOutNext(
  { engine, trial, condition }: WipeTrial,
  done: number,
  running: Running,
): Promise<void> {
  const { request, run, results, clock, progress, nextIndex, save } = running;
  const planned = { kind: 'measured', phase: 'random', repeat: 0 } as const;
  const place = { atMs: clock.nowMs(), engine, trial, iteration: nextIndex(engine) };
  const fact = { ...place, type: 'left-out', disturbance: condition.name, ...planned } as const;
  run.observe(fact);
  const iteration = leftOutIteration(fact, engine, '');
  results.addIteration(iteration);
  await save();
  const total = request.iterations;
  progress({ type: 'iteration', trial: { engine, trial }, iteration, done, total, remainingMs: 0 });
}

/** Makes the iterations of one lab, and ends it whatever happened; how many were made, or left out while it was there. */
async function makeInLab(trial: WipeTrial, running: Running, isLeftOut: () => boolean): Promise<number> {
  const ended = new AbortController();
  const signal = AbortSignal.any([running.signal, ended.signal]);
  setMaxListeners(0, signal);
  const bounded: Running = { ...running, signal };
  const bench = await WipeBench.create(trial, bounded);
  const machine = watchMachine();
  try {
    void sampleMachine(machine, bench.observer, signal);
    await setUp(bench, bounded);
    let done = 0;
    while (done < running.request.iterations && !isLeftOut()) {
      done += 1;
      await iterate(bench, done, bounded);
      signal.throwIfAborted();
    }
    return done;
  } finally {
    ended.abort();
    machine.stop();
    await bench.dispose();
  }
}

/** Makes all iterations of a trial. There is no lab where whoever presents wants none of them. */
async function makeTrial(trial: WipeTrial, running: Running): Promise<void> {
  const { stage, request } = running;
  const isLeftOut = (): boolean => stage?.leavesOut(trial.condition.name) === true;
  const made = isLeftOut() ? 0 : await makeInLab(trial, running, isLeftOut);
  for (let done = made + 1; done <= request.iterations; done += 1) {
    stage?.passOver();
    await leaveOutNext(trial, done, running);
  }
}

function numbering(): Running['nextIndex'] {
  const last = new Map<EngineName, number>();
  return (engine) => {
    const index = (last.get(engine) ?? 0) + 1;
    last.set(engine, index);
    return index;
  };
}

/**
 * Makes a run: loses and rebuilds a cluster for each engine and condition, one after the other, and records everything.
 * One that fails or is interrupted keeps what it has, and says so in its results; it throws only where nothing could be
 * recorded at all.
 */
export async function runWipe(
  request: WipeRequest,
  surroundings: RunSurroundings,
): Promise<{ readonly directory: string; readonly results: Results }> {
  const { environment, toolchainProgress, progress, signal } = surroundings;
  await request.lab.demand(environment);
  const tools = await provideTools(toolsFor(request.lab, request.engines), {
    environment,
    progress: toolchainProgress,
    signal,
  });
  const labs = await request.lab.prepare({ tools, environment, signal });
  const clock = startClock();
  const meter = new WaitMeter(clock);
  const startedAt = clock.wallTime();
  const run = await createRun({ root: request.outputRoot, scenario: wipeName, startedAt });
  surroundings.onRecording(run.directory);
  const trials = planTrials(request);
  const { announce } = surroundings;
  const planned = trials.length * request.iterations;
  const stage = announce && new Stage({ announce, planned, nowMs: clock.nowMs });
  const results = await ResultsBuilder.create({
    stage,
    request: { ...request, scenario: { name: wipeName, question: wipeQuestion }, disturbances: [] },
    tools,
    clock,
    meter,
    startedAt,
    instrument: await lastCalibration(),
  });
  const build = (status: Results['status'], reason: string): Results => {
    const built = results.build(status, reason);
    // All state is lost: a random wait before it would change nothing, and no iteration is there to warm up.
    const plan = { ...built.plan, phaseMaxMs: 0, warmupsPerTrial: 0, maxReplacements: 0 };
    return { ...built, scenario: scenarioRecord(request.conditions), plan };
  };
  const save = async (): Promise<void> =>
    run.saveIterations(build('interrupted', 'the run has not ended yet'));
  await save();
  const running = {
    stage,
    request,
    labs,
    progress,
    tools,
    run,
    clock,
    results,
    meter,
    nextIndex: numbering(),
    save,
    signal,
  };
  const makeAll = async (): Promise<void> => {
    for (const trial of trials) await makeTrial(trial, running);
  };
  const outcome = await makeAll().then(
    () => build('complete', ''),
    (error: unknown) =>
      signal.aborted ? build('interrupted', 'stopped by the user') : build('failed', explain(error)),
  );
  await run.finish(outcome);
  return { directory: run.directory, results: outcome };
}
