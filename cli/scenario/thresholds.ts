import { parseThreshold } from '../../reports/thresholds/parse.ts';
import { targetsOf } from '../../reports/thresholds/targets.ts';
import type { Threshold } from '../../reports/thresholds/threshold.ts';
import { recordedKind } from '../../scenarios/runner/results-builder.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';

type Measured = Pick<RunRequest, 'scenario' | 'disturbances' | 'engines'> &
  Partial<Pick<RunRequest, 'profile'>>;

/**
 * What a run is held against: the thresholds of its profile, and those that were typed. Throws an explained error where one
 * is wrong, or is about something that the run would not measure.
 */
export function thresholdsOf(
  { scenario, disturbances, engines, profile }: Measured,
  typed: readonly Threshold[],
): string[] {
  const source = `threshold of profile ${profile?.name ?? ''}`;
  const own = (profile?.thresholds ?? []).map((text) => parseThreshold(text, source));
  const leftOut = scenario.disturbances.filter((one) => !disturbances.includes(one)).map(({ name }) => name);
  const thresholds = [...own, ...typed];
  const recorded = disturbances.map((one) => ({ name: one.name, kind: recordedKind(one) }));
  for (const threshold of thresholds) targetsOf(threshold, { engines, disturbances: recorded, leftOut });
  return [...new Set(thresholds.map(({ text }) => text))];
}
