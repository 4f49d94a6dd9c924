import type { EngineName, Prediction, Results } from '../record/schema.ts';
import { countedIterations, sampleOf } from '../render/arm.ts';
import { holm } from '../statistics/holm.ts';
import { kolmogorovSmirnov, type FitTest } from '../statistics/kolmogorov-smirnov.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { minSamplesToInfer, type Estimate, type Sample } from '../statistics/sample.ts';
import { predictedDistribution, type Distribution } from './distribution.ts';

/** From this corrected p on, no disagreement is claimed. */
const significance = 0.05;

/** `agrees` says only that no disagreement was shown. */
export type FitVerdict = 'agrees' | 'disagrees' | 'notEnoughData';

/** A test of measured against predicted times. */
interface Tested {
  readonly test: FitTest | null;
  /** Corrected by Holm over the tests of its kind. */
  readonly correctedP: number | null;
  readonly verdict: FitVerdict;
}

/** A prediction, and what was measured. */
export interface PredictionFit extends Tested {
  readonly prediction: Prediction;
  /** Null where it predicts that nothing is restored. */
  readonly distribution: Distribution | null;
  readonly samples: readonly Sample[];
  /** Null without samples. */
  readonly median: Estimate | null;
}

/** All measured times that one mechanism should have restored, each by where it lies in its own prediction. */
export interface PooledFit extends Tested {
  readonly engine: EngineName;
  readonly mechanism: string;
  readonly phase: Prediction['phase'];
  readonly fits: readonly PredictionFit[];
  /** How much longer than its predicted median the middle one of them took; below zero it was shorter. */
  readonly medianShiftMs: number;
}

export interface PredictionAnalysis {
  readonly fits: readonly PredictionFit[];
  readonly pooled: readonly PooledFit[];
}

/** Holds what was measured against what was predicted. The same results give the same analysis. */
export function analysePredictions(results: Results): PredictionAnalysis {
  const untested = results.predictions.map((prediction) => gather(results, prediction));
  const tests = untested.map(testOf);
  const corrected = correct(tests);
  const fits = untested.map((fit, index) => ({
    ...fit,
    ...judge(fit, tests[index] ?? null, corrected[index] ?? null),
  }));
  return { fits, pooled: pool(fits) };
}

type Gathered = Omit<PredictionFit, keyof Tested>;

function gather(results: Results, prediction: Prediction): Gathered {
  const { engine, disturbance, phase, attemptsBefore } = prediction;
  const samples = countedIterations(results)
    .filter((one) => one.engine === engine && one.disturbance === disturbance)
    .filter((one) => one.phase === phase && one.attemptsBefore === attemptsBefore)
    .map((one) => sampleOf(one, 'restore'))
    .filter((sample) => sample !== null);
  return {
    prediction,
    distribution: predictedDistribution(prediction),
    samples,
    median: samples.length === 0 ? null : quantileOf(samples, 0.5),
  };
}

/** Where the samples lie in their predicted distribution; a censored one is longer than all that is predicted. */
function probabilitiesOf({ distribution, samples }: Gathered): number[] {
  if (distribution === null) return [];
  return samples.map(({ valueMs, isCensored }) => (isCensored ? 1 : distribution.cdf(valueMs)));
}

function testOf(fit: Gathered): FitTest | null {
  const probabilities = probabilitiesOf(fit);
  return probabilities.length < minSamplesToInfer ? null : kolmogorovSmirnov(probabilities);
}

/** Holm's correction over the tests that there are. */
function correct(tests: readonly (FitTest | null)[]): (number | null)[] {
  const made = tests.filter((test) => test !== null);
  const corrected = holm(made.map(({ p }) => p));
  return tests.map((test) => (test === null ? null : (corrected[made.indexOf(test)] ?? null)));
}

function judge({ distribution, samples }: Gathered, test: FitTest | null, correctedP: number | null): Tested {
  if (distribution === null && samples.length > 0) {
    const isRestored = samples.some(({ isCensored }) => !isCensored);
    return { test, correctedP, verdict: isRestored ? 'disagrees' : 'agrees' };
  }
  return { test, correctedP, verdict: verdictOf(correctedP) };
}

function verdictOf(correctedP: number | null): FitVerdict {
  if (correctedP === null) return 'notEnoughData';
  return correctedP < significance ? 'disagrees' : 'agrees';
}

function pool(fits: readonly PredictionFit[]): PooledFit[] {
  const groups = new Map<string, PredictionFit[]>();
  for (const fit of fits.filter(({ distribution }) => distribution !== null)) {
    const { engine, mechanism, phase } = fit.prediction;
    const key = `${engine} ${phase} ${mechanism}`;
    groups.set(key, [...(groups.get(key) ?? []), fit]);
  }
  const together = [...groups.values()].filter(({ length }) => length > 1);
  const tests = together.map((group) => {
    const probabilities = group.flatMap(probabilitiesOf);
    return probabilities.length < minSamplesToInfer ? null : kolmogorovSmirnov(probabilities);
  });
  const corrected = correct(tests);
  return together.flatMap((group, index): PooledFit[] => {
    const [example] = group;
    if (example === undefined) return [];
    const { engine, mechanism, phase } = example.prediction;
    const correctedP = corrected[index] ?? null;
    return [
      {
        engine,
        mechanism,
        phase,
        fits: group,
        test: tests[index] ?? null,
        correctedP,
        verdict: verdictOf(correctedP),
        medianShiftMs: medianShift(group),
      },
    ];
  });
}

function medianShift(fits: readonly PredictionFit[]): number {
  const shifts = fits.flatMap(({ distribution, samples }) =>
    distribution === null
      ? []
      : samples.map((sample) => ({ ...sample, valueMs: sample.valueMs - distribution.quantile(0.5) })),
  );
  return shifts.length === 0 ? 0 : quantileOf(shifts, 0.5).valueMs;
}
