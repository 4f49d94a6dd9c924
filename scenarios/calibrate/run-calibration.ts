import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { startClock, type Clock } from '../../common/clock.ts';
import { formatDuration } from '../../common/duration.ts';
import { explain } from '../../common/explained-error.ts';
import { waitUntil } from '../../common/wait.ts';
import { startEmbeddedLab } from '../../lab/embedded/embedded-lab.ts';
import { embedded } from '../../lab/embedded/provider.ts';
import { createLabHome, type LabHome } from '../../lab/home/lab-home.ts';
import { applyObjects } from '../../lab/kube/apply.ts';
import type { Lab } from '../../lab/lab.ts';
import { provideTools, type Tool, type ToolName } from '../../lab/toolchain/toolchain.ts';
import type { CalibrationCondition } from '../../reports/record/calibration.ts';
import type { Results } from '../../reports/record/schema.ts';
import { createRun, type OpenRun } from '../../reports/record/writer.ts';
import { randomness } from '../runner/plan.ts';
import type { RunSurroundings } from '../runner/run-scenario.ts';
import { untilBroken } from '../runner/trial.ts';
import {
  calibrationName,
  delayMaxMs,
  delayMinMs,
  warmups,
  type CalibrationRequest,
} from './calibration-request.ts';
import { CalibrationResults } from './calibration-results.ts';
import { namespace, targetObject } from './conditions.ts';
import { keepCalibration } from './kept-calibration.ts';
import { machineNowMs } from './machine-clock.ts';
import { ownProcess } from './own-process.ts';
import { runCondition } from './run-condition.ts';
import type { ReferenceOptions } from './reference-options.ts';
import { readTruth } from './truth.ts';

interface Running {
  readonly request: CalibrationRequest;
  readonly surroundings: RunSurroundings;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly run: OpenRun;
  readonly clock: Clock;
  readonly onCondition: (figures: CalibrationCondition) => Promise<void>;
}

async function startLab(home: LabHome, { tools, run, surroundings }: Running): Promise<Lab> {
  const { signal, progress } = surroundings;
  const startMs = performance.now();
  const spec = { home, logDirectory: run.logsDirectory, nodes: 1, podStartMs: 0, signal };
  const lab = await startEmbeddedLab(spec, tools);
  const text = `control plane ready in ${formatDuration(performance.now() - startMs)}`;
  progress({ type: 'step', text });
  return lab;
}

/** Starts the reference reconciler, and waits until it follows the object. */
async function startReference(
  lab: Lab,
  truthFile: string,
  { request, surroundings }: Running,
): Promise<void> {
  const { signal } = surroundings;
  const { seed } = request;
  const { kubeconfigFile } = lab;
  const options: ReferenceOptions = { kubeconfigFile, truthFile, seed, delayMinMs, delayMaxMs };
  const reference = await lab.run(ownProcess('reference-reconciler', './reference-reconciler.ts', options));
  await waitUntil(async () => (await readTruth(truthFile)).at(0), {
    goal: 'the reference reconciler to watch the object',
    timeoutMs: 60_000,
    signal,
    hopeless: reference.ended,
  });
}

async function makeConditions(lab: Lab, running: Running): Promise<void> {
  const { request, surroundings, run, clock, onCondition } = running;
  const { progress, signal } = surroundings;
  const truthFile = path.join(run.directory, 'truth.jsonl');
  const place = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  await applyObjects(lab.access, [place, targetObject], signal);
  await startReference(lab, truthFile, running);
  for (const [index, condition] of request.conditions.entries()) {
    const figures = await runCondition(condition, index + 1, {
      lab,
      truthFile,
      warmups,
      samples: request.samples,
      clock,
      random: randomness(request.seed, `pauses of ${condition.name}`),
      record: run.observe,
      onActivity: (text) => {
        progress({ type: 'step', text });
      },
      signal,
    });
    if (figures !== undefined) await onCondition(figures);
  }
}

/** Starts a lab without an engine, makes every condition in it, and ends it whatever happened. */
async function calibrate(running: Running): Promise<void> {
  const stopWatching = new AbortController();
  const signal = AbortSignal.any([running.surroundings.signal, stopWatching.signal]);
  // Every watch and every wait listens to it.
  setMaxListeners(0, signal);
  const bounded: Running = { ...running, surroundings: { ...running.surroundings, signal } };
  const home = await createLabHome({
    name: `${calibrationName}-${randomBytes(3).toString('hex')}`,
    runs: calibrationName,
  });
  let lab: Lab | undefined;
  try {
    lab = await startLab(home, bounded);
    await Promise.race([untilBroken(lab, () => undefined), makeConditions(lab, bounded)]);
  } finally {
    stopWatching.abort();
    await lab?.stop();
    await home.release();
  }
}

/**
 * Makes a calibration and records it as a run. One that fails or is interrupted keeps what it has, and says so in its
 * results; it throws only where nothing could be recorded at all. A whole one is kept for this machine's later reports.
 */
export async function runCalibration(
  request: CalibrationRequest,
  surroundings: RunSurroundings,
): Promise<{ readonly directory: string; readonly results: Results }> {
  const { environment, toolchainProgress, signal } = surroundings;
  const tools = await provideTools(embedded.tools, { environment, progress: toolchainProgress, signal });
  // The reference writes down its times by the machine's clock; the harness's shall have the same zero.
  const clock = startClock(machineNowMs());
  const startedAt = clock.wallTime();
  const run = await createRun({ root: request.outputRoot, scenario: calibrationName, startedAt });
  surroundings.onRecording(run.directory);
  const gathered = await CalibrationResults.create({ request, tools, clock, startedAt });
  const save = async (): Promise<void> =>
    run.saveIterations(gathered.build('interrupted', 'the run has not ended yet'));
  await save();
  const onCondition = async (figures: CalibrationCondition): Promise<void> => {
    gathered.add(figures);
    await save();
  };
  const results = await calibrate({ request, surroundings, tools, run, clock, onCondition }).then(
    () => gathered.build('complete', ''),
    (error: unknown) =>
      signal.aborted
        ? gathered.build('interrupted', 'stopped by the user')
        : gathered.build('failed', explain(error)),
  );
  await run.finish(results);
  await keepCalibration(results);
  return { directory: run.directory, results };
}
