import { quantileSorted } from 'simple-statistics';
import type { CalibrationCondition } from '../../reports/record/calibration.ts';
import type { Condition } from './conditions.ts';
import { compareWithTruth, type CalibrationSample, type Sighting } from './samples.ts';
import { truthByUid, type TruthLine } from './truth.ts';

/** To a tenth of a microsecond: what is finer is noise, and would only fill the file. */
function rounded(valueMs: number): number {
  return Math.round(valueMs * 1e4) / 1e4;
}

function quantile(values: readonly number[], probability: number): number {
  return rounded(
    quantileSorted(
      values.toSorted((left, right) => left - right),
      probability,
    ),
  );
}

function spreadOf(valuesMs: readonly number[]): CalibrationCondition['truthLimit'] {
  return {
    medianMs: quantile(valuesMs, 0.5),
    p99Ms: quantile(valuesMs, 0.99),
    worstMs: quantile(valuesMs, 1),
  };
}

/** The median keeps its sign, since errors to one side could be told from others; p99 and worst are of the size. */
function errorSpreadOf(errorsMs: readonly number[]): CalibrationCondition['error'] {
  const sizes = spreadOf(errorsMs.map(Math.abs));
  return { ...sizes, medianMs: quantile(errorsMs, 0.5) };
}

/** What went on beside the samples. */
interface Load {
  /** The share of all cores' time in which they were not idle. */
  readonly busyShare: number;
  readonly eventsPerSecond: number;
}

/** The figures of one condition; undefined where it has no sample. */
export function summariseCondition(
  { name, objects, isBusy, targetP99Ms }: Condition,
  sightings: readonly Sighting[],
  truth: readonly TruthLine[],
  load: Load,
): CalibrationCondition | undefined {
  const byUid = truthByUid(truth);
  const compared = sightings.map((sighting) => compareWithTruth(sighting, byUid.get(sighting.uid)));
  const known = compared.filter((sample): sample is CalibrationSample => sample !== undefined);
  const counted = known.filter(({ kind }) => kind === 'measured');
  if (counted.length === 0) return undefined;
  const errorsMs = counted.map(({ errorMs }) => rounded(errorMs));
  return {
    name,
    objects,
    isBusy,
    samples: counted.length,
    warmups: known.length - counted.length,
    missing: compared.length - known.length,
    targetP99Ms,
    error: errorSpreadOf(errorsMs),
    errorsMs,
    errorAtMostP99Ms: quantile(
      counted.map(({ errorMs, truthLimitMs }) => Math.abs(errorMs) + truthLimitMs),
      0.99,
    ),
    truthLimit: spreadOf(counted.map(({ truthLimitMs }) => truthLimitMs)),
    watchLatency: spreadOf(counted.flatMap(({ watchLatenciesMs }) => watchLatenciesMs)),
    busyShare: Math.round(load.busyShare * 1e4) / 1e4,
    eventsPerSecond: Math.round(load.eventsPerSecond * 10) / 10,
  };
}
