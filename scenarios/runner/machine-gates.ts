import { formatDuration } from '../../common/duration.ts';
import type { Observation } from '../../reports/record/observation.ts';
import type { Results } from '../../reports/record/schema.ts';

type MachineFact = Extract<Observation, { type: 'machine' }>;
type Limits = Results['plan']['limits'];

/** Wall clock and monotonic clock may drift this far apart between two readings, by the adjustments of a time service. */
const clockToleranceMs = 1000;
const loopTick = 1e-6;

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** Why the machine is too busy to measure on, by one look at it; undefined where it is not. */
export function busyProblem(
  { loadAverage, cores, stealShare, heldUpMs }: MachineFact,
  limits: Limits,
): string | undefined {
  const loadPerCore = loadAverage / cores;
  if (loadPerCore > limits.loadPerCore)
    return `the machine was too busy: a load of ${loadPerCore.toFixed(1)} per core, and ${limits.loadPerCore} is the most`;
  if (stealShare !== null && stealShare > limits.stealShare)
    return `the machine was too busy: its host took ${percent(stealShare)} of its time, and ${percent(limits.stealShare)} is the most`;
  if (heldUpMs > limits.heldUpMs)
    return `the machine was too busy: the harness could not read events for ${formatDuration(heldUpMs)}, and ${formatDuration(limits.heldUpMs)} is the most`;
  return undefined;
}

function clockProblem(earlier: MachineFact, later: MachineFact): string | undefined {
  const aheadMs = later.wallTimeMs - earlier.wallTimeMs - (later.atMs - earlier.atMs);
  if (aheadMs > clockToleranceMs)
    return `the machine slept, or its clock was set: ${formatDuration(aheadMs)} are missing from the run's clock`;
  if (aheadMs < -clockToleranceMs) return `the machine's clock was set back by ${formatDuration(-aheadMs)}`;
  return undefined;
}

/** A harness that is held up for less than this share of what it measures does not falsify it. */
const harmlessShare = 0.01;

/**
 * Why the machine was not fit to measure on while these facts came about; undefined where it was. In an iteration that was watched
 * for long, the harness may be held up longer, too: for a hundredth of that.
 */
export function machineProblem(
  facts: readonly Observation[],
  { heldUpMs, ...rest }: Limits,
  watchedForMs: number,
): string | undefined {
  const limits = { ...rest, heldUpMs: Math.max(heldUpMs, watchedForMs * harmlessShare) };
  const backwards = facts.findIndex((fact, index) => fact.atMs < (facts[index - 1]?.atMs ?? 0) - loopTick);
  if (backwards !== -1) return 'the clock of the run went backwards';
  const readings = facts.filter((fact) => fact.type === 'machine');
  return readings
    .map((reading, index) => {
      const earlier = readings[index - 1];
      return (earlier && clockProblem(earlier, reading)) ?? busyProblem(reading, limits);
    })
    .find((problem) => problem !== undefined);
}
