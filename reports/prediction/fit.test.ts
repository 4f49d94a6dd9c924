import test from 'ava';
import type { Iteration, Prediction, Results } from '../record/schema.ts';
import { makeUpRun } from '../testing/made-up-run.ts';
import { uniformPrediction } from '../testing/made-up-prediction.ts';
import { analysePredictions, type PredictionFit } from './fit.ts';

function madeUp(predictions: Prediction[], change?: (iteration: Iteration) => Iteration): Results {
  const options = { disturbances: ['scale-up', 'scale-down'], engines: ['flux'] as const };
  const { results } = makeUpRun({ ...options, iterationsPerDisturbance: 20, ...(change && { change }) });
  return { ...results, predictions };
}

function only(results: Results): PredictionFit {
  const [fit] = analysePredictions(results).fits;
  if (fit === undefined) throw new Error('nothing was analysed');
  return fit;
}

// The made-up Flux is uniform over 400 to 10400 ms.
const right = uniformPrediction('scale-up', 400, 10_400);

test('times that come from the predicted distribution show no disagreement', (t) => {
  const fit = only(madeUp([right]));
  t.is(fit.samples.length, 20);
  t.is(fit.verdict, 'agrees');
});

test('times from another distribution disagree', (t) => {
  const fit = only(madeUp([uniformPrediction('scale-up', 8000, 18_000)]));
  t.is(fit.verdict, 'disagrees');
  t.true(fit.correctedP !== null && fit.correctedP < 0.001);
});

test('censored times are longer than all that is predicted', (t) => {
  const lost = (iteration: Iteration): Iteration => ({
    ...iteration,
    verdict: 'censored',
    timeToRestoreMs: null,
    watchedForMs: 9000,
  });
  const fit = only(madeUp([right], lost));
  t.is(fit.test?.distance, 1);
  t.is(fit.verdict, 'disagrees');
});

test('fewer than 5 times say nothing', (t) => {
  const few = (iteration: Iteration): Iteration => ({
    ...iteration,
    verdict: iteration.index > 6 ? 'invalid' : 'valid',
  });
  const fit = only(madeUp([right], few));
  t.is(fit.verdict, 'notEnoughData');
  t.is(fit.test, null);
});

test('what should never be restored agrees only while it is not', (t) => {
  const never = { ...right, never: { why: 'drift detection is off', source: 'a page' }, terms: [] };
  t.is(only(madeUp([never])).verdict, 'disagrees');
  const lost = (iteration: Iteration): Iteration => ({
    ...iteration,
    verdict: 'censored',
    timeToRestoreMs: null,
  });
  t.is(only(madeUp([never], lost)).verdict, 'agrees');
});

test('iterations are held against the prediction of their own phase and attempts', (t) => {
  const locked = (iteration: Iteration): Iteration => ({
    ...iteration,
    phase: iteration.index % 2 === 0 ? 'locked' : 'random',
    attemptsBefore: 1,
  });
  const results = madeUp(
    [right, { ...right, attemptsBefore: 1 }, { ...right, phase: 'locked', attemptsBefore: 1 }],
    locked,
  );
  const counts = analysePredictions(results).fits.map(({ samples }) => samples.length);
  t.is(counts[0], 0);
  t.is((counts[1] ?? 0) + (counts[2] ?? 0), 20);
});

test('what one mechanism restores is tested together, and an error that no row shows may show there', (t) => {
  const wrong = (disturbance: string) => uniformPrediction(disturbance, 2600, 12_600);
  const together = analysePredictions(madeUp([wrong('scale-up'), wrong('scale-down')]));
  const [pooled] = together.pooled;
  t.is(together.pooled.length, 1);
  t.is(pooled?.test?.count, 40);
  t.is(pooled?.verdict, 'disagrees');
  t.true(pooled !== undefined && pooled.medianShiftMs < -500);
  const least = Math.min(...together.fits.map(({ test: own }) => own?.p ?? 0));
  t.true((pooled?.test?.p ?? 1) < least);
});

test('the correction is over all rows that were tested', (t) => {
  const { fits } = analysePredictions(madeUp([right, uniformPrediction('scale-down', 400, 10_400)]));
  const [smaller] = fits.toSorted((left, other) => (left.test?.p ?? 1) - (other.test?.p ?? 1));
  t.is(smaller?.correctedP, Math.min(1, 2 * (smaller?.test?.p ?? 0)));
});
