import type { Spread, WeightedRange } from '../prediction.ts';

/** How finely the jitter is followed: the interval is taken at this many equally likely lengths. */
const jitterSteps = 20;

interface Reconciling {
  readonly intervalMs: number;
  /** The interval is uniform within this share of it to either side, 0 to 1. */
  readonly jitterShare: number;
  /** How long a reconciliation that finds nothing to do takes. */
  readonly reconciliationMs: number;
  /** The disturbance comes after a wait, from the end of a reconciliation, that is uniform over 0 to this. */
  readonly phaseMaxMs: number;
}

/**
 * The time from a disturbance to the next reconciliation of an engine that rests for an interval after each, and that
 * is disturbed only while it rests. With a phase that spans the interval it is uniform over the interval; with a
 * shorter one it is not, and without a phase it is the interval itself.
 */
export function untilNextReconciliation(reconciling: Reconciling): Spread {
  const { intervalMs, jitterShare, phaseMaxMs } = reconciling;
  if (phaseMaxMs === 0) return jittered(intervalMs, jitterShare);
  const lengths = Array.from({ length: jitterShare === 0 ? 1 : jitterSteps }, (_, index) => {
    const towards = jitterShare === 0 ? 0 : (2 * (index + 0.5)) / jitterSteps - 1;
    return intervalMs * (1 + jitterShare * towards);
  });
  const ranges = lengths.flatMap((restMs) => rangesOf(restMs, reconciling));
  const [only] = ranges;
  return only !== undefined && ranges.length === 1
    ? { kind: 'uniform', fromMs: only.fromMs, toMs: only.toMs }
    : { kind: 'mixture', ranges };
}

function jittered(intervalMs: number, share: number): Spread {
  if (share === 0) return { kind: 'constant', ms: intervalMs };
  return { kind: 'uniform', fromMs: intervalMs * (1 - share), toMs: intervalMs * (1 + share) };
}

/** What is left of a rest of `restMs`, over all the moments of the phase at which the engine rests. */
function rangesOf(restMs: number, { reconciliationMs, phaseMaxMs }: Reconciling): WeightedRange[] {
  const cycleMs = restMs + reconciliationMs;
  const cycles = Math.floor(phaseMaxMs / cycleMs);
  const lastMs = Math.min(restMs, phaseMaxMs - cycles * cycleMs);
  return [
    { fromMs: 0, toMs: restMs, weight: cycles * restMs },
    { fromMs: restMs - lastMs, toMs: restMs, weight: lastMs },
  ].filter(({ weight }) => weight > 0);
}
