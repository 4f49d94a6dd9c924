import { empirical, neverRestored, type PredictedTime, type PredictionQuestion } from '../prediction.ts';
import { settingMs, settingNumber, type EngineSetting } from '../setting.ts';
import { untilNextReconciliation } from './next-reconciliation.ts';

/**
 * How long Flux should take to restore an object of a chart: until the next reconciliation of the HelmRelease, and its work. It
 * does not compare with the cluster unless its drift detection is enabled
 * (https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection). Null where nothing tells of the work, or an
 * interrupted run never read the interval back.
 */
export function predictRelease(
  { correctsDrift, phaseMaxMs, otherCorrectionsMs }: PredictionQuestion,
  settings: readonly EngineSetting[],
): PredictedTime | null {
  if (!correctsDrift) {
    const why =
      'drift detection of the HelmRelease is disabled, so that helm-controller corrects nothing until the release changes';
    const source = 'https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection';
    return neverRestored('drift detection', why, source);
  }
  const intervalMs = settingMs(settings, 'HelmRelease interval');
  if (intervalMs === undefined || otherCorrectionsMs.length === 0) return null;
  const jitterPercent = settingNumber(settings, 'helm-controller --interval-jitter-percentage') ?? 0;
  return {
    mechanism: 'the next reconciliation of the HelmRelease',
    never: null,
    terms: [
      {
        name: 'next reconciliation',
        what: `helm-controller compares one interval after the end of the last reconciliation, give or take ${jitterPercent} %; how long one takes that finds nothing is left out`,
        source:
          'HelmRelease interval; --interval-jitter-percentage; helmrelease_controller.go of helm-controller 1.6; phaseMax of the profile',
        spread: untilNextReconciliation({
          intervalMs,
          jitterShare: jitterPercent / 100,
          reconciliationMs: 0,
          phaseMaxMs,
        }),
      },
      {
        name: 'work',
        what: 'it renders the chart, compares it with the cluster by a dry run, and applies what differs',
        source: `${otherCorrectionsMs.length} corrections of this run that are not in this row, each from the beginning of the reconciliation to the restored object`,
        spread: empirical(otherCorrectionsMs),
      },
    ],
  };
}
