import { formatDuration } from '../../common/duration.ts';
import type { PooledFit, PredictionFit } from '../prediction/fit.ts';
import { criticalDistance } from '../statistics/kolmogorov-smirnov.ts';
import { minSamplesToInfer } from '../statistics/sample.ts';
import { formatEstimate, formatP } from './format.ts';
import { engineLabels } from './names.ts';

/** What a prediction is for, in a few words: `scale-up`, `scale-up, locked, after 2 corrections`. */
export function fitTitle({ prediction }: PredictionFit): string {
  const { disturbance, phase, attemptsBefore } = prediction;
  const before =
    attemptsBefore === 0 ? [] : [`after ${attemptsBefore} correction${attemptsBefore === 1 ? '' : 's'}`];
  return [disturbance, ...(phase === 'locked' ? ['phase-locked'] : []), ...before].join(', ');
}

/** What was predicted, for a table's cell. */
export function predictedCell({ prediction, distribution }: PredictionFit): string {
  if (distribution === null) return prediction.never === null ? '–' : 'never';
  const [low, median, high] = [0.05, 0.5, 0.95].map((share) => formatDuration(distribution.quantile(share)));
  return `${median ?? ''} (${low ?? ''} to ${high ?? ''})`;
}

/** What was measured, for a table's cell. */
export function measuredCell({ median, samples }: PredictionFit): string {
  if (median === null) return '–';
  return samples.every(({ isCensored }) => isCensored) ? 'not corrected' : formatEstimate(median);
}

/** Whether they agree, for a table's cell. */
export function shortFit(fit: PredictionFit): string {
  const { verdict, distribution, samples } = fit;
  if (samples.length === 0) return 'nothing measured';
  if (distribution === null) {
    const restored = samples.filter(({ isCensored }) => !isCensored).length;
    return restored === 0
      ? 'as predicted'
      : `restored in ${restored} of ${samples.length}, against the prediction`;
  }
  if (verdict === 'notEnoughData') return 'not enough data';
  return verdict === 'agrees' ? 'no disagreement shown' : `disagrees: ${differenceOf(fit)}`;
}

/** How measured and predicted medians differ. */
function differenceOf({ median, distribution }: PredictionFit): string {
  if (median === null || distribution === null) return '';
  return shiftInWords(median.valueMs - distribution.quantile(0.5), 'the median is');
}

function shiftInWords(shiftMs: number, what: string): string {
  const more = shiftMs < 0 ? 'shorter' : 'longer';
  return `${what} ${formatDuration(Math.abs(shiftMs))} ${more} than predicted`;
}

/** What may be said of one mechanism of an engine, over all its disturbances. */
export function pooledSentence(pooled: PooledFit): string {
  const { engine, mechanism, phase, fits, test, correctedP, verdict, medianShiftMs } = pooled;
  const where = `${engineLabels[engine]}, ${mechanism}${phase === 'locked' ? ', phase-locked' : ''}`;
  if (test === null || correctedP === null) {
    return `${where}: not enough data; ${minSamplesToInfer} iterations are needed.`;
  }
  const numbers = `n = ${test.count} over ${fits.length} predictions, D = ${test.distance.toFixed(2)}, Holm-corrected p ${formatP(correctedP)}`;
  const shift = shiftInWords(medianShiftMs, 'The middle one of them is');
  if (verdict === 'disagrees') {
    return `${where}: measured and predicted times disagree (${numbers}). ${shift}.`;
  }
  const critical = criticalDistance(test.count, 0.05).toFixed(2);
  return `${where}: no disagreement shown (${numbers}; the test tells from D = ${critical} on). ${shift}.`;
}
