import os from 'node:os';
import { waitUntil } from '../../common/wait.ts';
import { applyObjects } from '../../lab/kube/apply.ts';
import type { ComponentSpec, StartedComponent } from '../../lab/process/component.ts';
import type { Clock } from '../../common/clock.ts';
import type { Lab } from '../../lab/lab.ts';
import type { CalibrationCondition } from '../../reports/record/calibration.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Randomness } from '../runner/plan.ts';
import { backgroundObjects, goal, touchedEveryMs, type Condition } from './conditions.ts';
import { busyShare, readCpuTime, untilCalm } from './cpu-time.ts';
import { busyProcess, ownProcess } from './own-process.ts';
import type { ChangesOptions } from './reference-options.ts';
import { sightingsOf, type Sighting } from './samples.ts';
import { summariseCondition } from './summary.ts';
import { takeSamples } from './take-samples.ts';
import { readTruth, type TruthLine } from './truth.ts';

/** What all conditions of a calibration share. */
export interface CalibrationContext {
  readonly lab: Lab;
  readonly truthFile: string;
  readonly warmups: number;
  readonly samples: number;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly record: (observation: Observation) => void;
  readonly onActivity: (text: string) => void;
  readonly signal: AbortSignal;
}

function loadOf({ objects, isBusy, name }: Condition, kubeconfigFile: string): ComponentSpec[] {
  const options: ChangesOptions = { kubeconfigFile, objects: objects - 1, everyMs: touchedEveryMs };
  const changes = ownProcess(`changes-${name}`, './background-changes.ts', options);
  const busy = Array.from({ length: isBusy ? os.availableParallelism() : 0 }, (_, index) =>
    busyProcess(index + 1),
  );
  return [changes, ...busy];
}

async function stopAll(components: readonly StartedComponent[]): Promise<void> {
  await Promise.all(components.map(async (component) => component.stop()));
}

/** How many watch events a second there were besides those of the target. */
function eventsPerSecond(history: readonly Observation[]): number {
  const others = history.filter((fact) => fact.type === 'object' && fact.object !== goal.target);
  const [first, last] = [others[0], others.at(-1)];
  const seconds = first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / 1000;
  return seconds === 0 ? 0 : (others.length - 1) / seconds;
}

/** The truth, once the reference has written down what it did about the last sample. */
async function completeTruth(
  sightings: readonly Sighting[],
  { truthFile, signal }: CalibrationContext,
): Promise<readonly TruthLine[]> {
  const lastUid = sightings.at(-1)?.uid;
  return waitUntil(
    async () => {
      const lines = await readTruth(truthFile);
      return lines.some((line) => line.type === 'restoration' && line.uid === lastUid) ? lines : undefined;
    },
    { goal: 'the reference reconciler to write down its last restoration', timeoutMs: 10_000, signal },
  );
}

/** Makes one condition: its objects, its load, its samples, and what comes of them; undefined where nothing does. */
export async function runCondition(
  condition: Condition,
  trial: number,
  context: CalibrationContext,
): Promise<CalibrationCondition | undefined> {
  const { lab, signal, onActivity } = context;
  onActivity(`${condition.name}: preparing`);
  await applyObjects(lab.access, backgroundObjects(condition.objects), signal);
  const history: Observation[] = [];
  const running: StartedComponent[] = [];
  try {
    for (const spec of loadOf(condition, lab.kubeconfigFile)) running.push(await lab.run(spec));
    if (!condition.isBusy) await untilCalm(signal);
    const before = readCpuTime();
    await takeSamples({
      ...context,
      condition,
      trial,
      record: (observation) => {
        context.record(observation);
        history.push(observation);
      },
    });
    const sightings = sightingsOf(history);
    const truth = await completeTruth(sightings, context);
    // What was listed at the start tells of no change.
    const changes = history.filter(({ iteration }) => iteration > 0);
    return summariseCondition(condition, sightings, truth, {
      busyShare: busyShare(before, readCpuTime()),
      eventsPerSecond: eventsPerSecond(changes),
    });
  } finally {
    await stopAll(running);
  }
}
