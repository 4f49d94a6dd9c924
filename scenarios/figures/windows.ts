import type { Observation } from '../../reports/record/observation.ts';
import type { Figure, ObjectName } from '../scenario.ts';

type ObjectFact = Extract<Observation, { type: 'object' }>;

function isOf(object: ObjectName): (fact: Observation) => fact is ObjectFact {
  return (fact): fact is ObjectFact => fact.type === 'object' && fact.object === object;
}

/** When the first thing was done to the lab; undefined where nothing was. */
function beginningMs(facts: readonly Observation[]): number | undefined {
  return facts.find(({ type }) => type === 'step' || type === 'broken' || type === 'disturbed')?.atMs;
}

/** How long an object did not do its work, all times together, from the first thing that was done to the lab until watching ended. */
export function timeUnserved(object: ObjectName): Figure {
  return {
    name: 'timeUnservedMs',
    title: `Time without service (${object} not ready)`,
    unit: 'ms',
    of: (facts) => {
      const startMs = beginningMs(facts);
      const endMs = facts.findLast(({ type }) => type === 'watched')?.atMs;
      if (startMs === undefined || endMs === undefined) return null;
      let unreadySinceMs: number | undefined;
      let unservedMs = 0;
      for (const { atMs, isReady } of facts.filter(isOf(object)).filter((fact) => fact.atMs >= startMs)) {
        if (!isReady) unreadySinceMs ??= atMs;
        else if (unreadySinceMs !== undefined) {
          unservedMs += atMs - unreadySinceMs;
          unreadySinceMs = undefined;
        }
      }
      return unservedMs + (unreadySinceMs === undefined ? 0 : endMs - unreadySinceMs);
    },
  };
}

/** How long drift of an object lasted that was made while something else was broken; null where it outlasted that. */
export function correctedDuringFault(object: ObjectName): Figure {
  return {
    name: 'correctedDuringFaultMs',
    title: `Drift of ${object} during the fault, until corrected`,
    unit: 'ms',
    of: (facts) => {
      const steps = facts.filter((fact) => fact.type === 'step');
      const driftMs = steps.find(({ step }) => step === 'drift')?.atMs ?? Infinity;
      const endMs =
        steps.find(({ step, atMs }) => step === 'fault-ended' && atMs > driftMs)?.atMs ?? Infinity;
      const own = facts.filter(isOf(object)).filter(({ atMs }) => atMs >= driftMs && atMs < endMs);
      const driftedAt = own.findIndex(({ differsFromGit }) => differsFromGit.length > 0);
      const drifted = own[driftedAt];
      const corrected = own.slice(driftedAt).find(({ differsFromGit }) => differsFromGit.length === 0);
      return drifted === undefined || corrected === undefined ? null : corrected.atMs - drifted.atMs;
    },
  };
}

/** How long the fault lasted. */
export const faultLasted: Figure = {
  name: 'faultLastedMs',
  title: 'The fault lasted',
  unit: 'ms',
  of: (facts) => {
    const steps = facts.filter((fact) => fact.type === 'step');
    const [began, ended] = (['fault-began', 'fault-ended'] as const).map(
      (kind) => steps.find(({ step }) => step === kind)?.atMs,
    );
    return began === undefined || ended === undefined ? null : ended - began;
  },
};
