import { wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import type { EngineName, Results } from '../record/schema.ts';
import { anything, type Threshold } from './threshold.ts';

type NamedDisturbance = Pick<Results['scenario']['disturbances'][number], 'name' | 'kind'>;

/** What a run measures, so that thresholds can be about it. */
export interface RunScope {
  readonly engines: readonly EngineName[];
  readonly disturbances: readonly NamedDisturbance[];
  /** Disturbances of the scenario that this run does not make. */
  readonly leftOut: readonly string[];
}

/** One thing that a threshold is about. */
export interface Target {
  readonly engine: EngineName;
  readonly disturbance: NamedDisturbance;
}

/** What a recorded run measured, or was to measure. */
export function scopeOf({ plan, scenario }: Results): RunScope {
  return { engines: plan.engines, disturbances: scenario.disturbances, leftOut: [] };
}

function enginesOf({ engine, text }: Threshold, { engines }: RunScope): readonly EngineName[] {
  if (engine === anything) return engines;
  if (engines.includes(engine)) return [engine];
  throw wrongUsage(
    `threshold '${text}': the run does not measure ${engine}`,
    `it measures ${engines.join(', ')}; change the engines of the run or of the threshold`,
  );
}

function unknownDisturbance({ disturbance, text }: Threshold, { disturbances, leftOut }: RunScope): Error {
  const known = disturbances.map(({ name }) => name);
  return leftOut.includes(disturbance)
    ? wrongUsage(
        `threshold '${text}': the run does not make ${disturbance}`,
        `it makes ${known.join(', ')}; make the other as well, or leave the threshold out`,
      )
    : wrongUsage(
        `threshold '${text}': unknown disturbance "${disturbance}"`,
        suggestName(disturbance, known),
      );
}

function disturbancesOf(threshold: Threshold, scope: RunScope): readonly NamedDisturbance[] {
  const { disturbance, kind, text } = threshold;
  const named = scope.disturbances.filter(({ name }) => [anything, name].includes(disturbance));
  if (named.length === 0) throw unknownDisturbance(threshold, scope);
  const matching = named.filter((one) => [anything, one.kind].includes(kind));
  if (matching.length > 0) return matching;
  const itsKinds = [...new Set(named.map((one) => one.kind))].join(' and ');
  throw wrongUsage(
    disturbance === anything
      ? `threshold '${text}': the run makes no disturbance of kind ${kind}`
      : `threshold '${text}': ${disturbance} is not of kind ${kind}`,
    `write ${itsKinds} or * in the place of ${kind}`,
  );
}

/**
 * Everything of a run that a threshold is about: each must hold. Throws an explained error, of wrong usage, where it
 * names an engine or a disturbance that the run does not have.
 */
export function targetsOf(threshold: Threshold, scope: RunScope): Target[] {
  const engines = enginesOf(threshold, scope);
  return disturbancesOf(threshold, scope).flatMap((disturbance) =>
    engines.map((engine) => ({ engine, disturbance })),
  );
}
