import type { Observation } from '../../reports/record/observation.ts';
import { nextState, nothingKnown } from '../runner/cluster-state.ts';
import { RecoveryTracker } from '../runner/recovery.ts';
import { goal } from './conditions.ts';
import type { Truth } from './truth.ts';

/** A deletion and its restoration as the harness saw them; all times are of the machine's monotonic clock. */
export interface Sighting {
  readonly kind: 'warmup' | 'measured';
  /** Of the object that was deleted. */
  readonly uid: string;
  /** When the harness read that it was gone, and that it was back; null where it never did. */
  readonly disturbedAtMs: number | null;
  readonly restoredAtMs: number | null;
}

/** Between which two moments something happened. */
interface Bracket {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One time as the harness measured it, held against the truth. */
export interface CalibrationSample {
  readonly kind: Sighting['kind'];
  readonly measuredMs: number;
  readonly trueMs: number;
  /** The true time lies within `trueMs` plus or minus this. */
  readonly truthLimitMs: number;
  /** Measured minus true. */
  readonly errorMs: number;
  /** How long after its commit the harness read of the deletion and of the restoration. */
  readonly watchLatenciesMs: readonly [number, number];
}

/** What the harness saw, by the history of one condition alone: the code that judges a real run, once more. */
export function sightingsOf(history: readonly Observation[]): Sighting[] {
  const sightings: Sighting[] = [];
  let state = nothingKnown;
  let tracker: RecoveryTracker | undefined;
  let begun: Pick<Sighting, 'kind' | 'uid'> | undefined;
  for (const fact of history) {
    tracker?.observe(fact);
    // The other objects say nothing about the target, and would only make the state costly to copy.
    if (fact.type === 'object' && fact.object === goal.target) state = nextState(state, fact);
    if (fact.type === 'disturbing') {
      tracker = new RecoveryTracker(goal, '', state);
      const uid = state.objects.get(goal.target)?.uid ?? '';
      begun = { kind: fact.kind, uid };
    }
    if (fact.type === 'watched' && tracker !== undefined && begun !== undefined) {
      const { disturbedAtMs, restoredAtMs } = tracker.recovery;
      sightings.push({ ...begun, disturbedAtMs, restoredAtMs });
      tracker = undefined;
    }
  }
  return sightings;
}

function middleOf({ fromMs, toMs }: Bracket): number {
  return (fromMs + toMs) / 2;
}

/** The API server commits a change after its request was sent, and before it is answered or told of by a watch. */
function bracketOf(sentAtMs: number, ...knownAtMs: readonly number[]): Bracket {
  return { fromMs: sentAtMs, toMs: Math.min(...knownAtMs) };
}

/**
 * Holds what the harness saw against the truth, which is taken from the middles between the moments that limit it. How far
 * it can be off from there is the limit of the truth. The harness's own watch has no part in it.
 */
export function compareWithTruth(
  { kind, disturbedAtMs, restoredAtMs }: Sighting,
  truth: Truth | undefined,
): CalibrationSample | undefined {
  if (disturbedAtMs === null || restoredAtMs === null || truth === undefined) return undefined;
  const { deletion, restoration } = truth;
  const deleted = bracketOf(deletion.sentAtMs, deletion.answeredAtMs, restoration.toldAtMs);
  const restored = bracketOf(restoration.sentAtMs, restoration.answeredAtMs, restoration.seenAtMs);
  const trueMs = middleOf(restored) - middleOf(deleted);
  const measuredMs = restoredAtMs - disturbedAtMs;
  return {
    kind,
    measuredMs,
    trueMs,
    truthLimitMs: (deleted.toMs - deleted.fromMs + restored.toMs - restored.fromMs) / 2,
    errorMs: measuredMs - trueMs,
    watchLatenciesMs: [disturbedAtMs - middleOf(deleted), restoredAtMs - middleOf(restored)],
  };
}
