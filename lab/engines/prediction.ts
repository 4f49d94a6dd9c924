import type { EngineSetting } from './setting.ts';

/** Part of a time that is uniform over a range; as likely as its weight says. */
export interface WeightedRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly weight: number;
}

/** A time, or how it is spread; in milliseconds. */
export type Spread =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'mixture'; readonly ranges: WeightedRange[] }
  /** All samples are equally likely. */
  | { readonly kind: 'empirical'; readonly samplesMs: number[] };

/** One of the independent times whose sum is the prediction. */
export interface PredictedTerm {
  readonly name: string;
  /** How it comes about, in one sentence. */
  readonly what: string;
  /** The setting, the file of the engine's source code, or the measurement that it is taken from. */
  readonly source: string;
  readonly spread: Spread;
}

/** What timeToRestore should be. */
export interface PredictedTime {
  /** What restores it, in a few words. */
  readonly mechanism: string;
  /** Why it is never restored; null where it is. */
  readonly never: { readonly why: string; readonly source: string } | null;
  readonly terms: PredictedTerm[];
}

/** The prediction that nothing is restored. */
export function neverRestored(mechanism: string, why: string, source: string): PredictedTime {
  return { mechanism, never: { why, source }, terms: [] };
}

/** What is done to the cluster, and all that was known of the engine when it was done. */
export interface PredictionQuestion {
  /** The object that holds others is deleted, and they with it. */
  readonly removesNamespace: boolean;
  /** False where the engine was told beforehand to leave drift. */
  readonly correctsDrift: boolean;
  /** The disturbance comes after a wait that is uniform over 0 to this; 0 where it comes as soon as the engine has settled. */
  readonly phaseMaxMs: number;
  /** Corrections on the same revision before. */
  readonly attemptsBefore: number;
  /** How long the engine had been idle at each of these disturbances. */
  readonly idleBeforeMs: readonly number[];
  /**
   * How long the engine took, from saying that it works until the object was restored, in iterations that the prediction
   * is not held against; where there are any, of such as create what is gone, or change what is there, as this one does.
   */
  readonly otherCorrectionsMs: readonly number[];
  /** How long the deleted namespace took to be gone. */
  readonly namespaceGoneMs: readonly number[];
}

/** What a run says of an engine. */
export interface PredictionEvidence {
  /** The name of the application that it keeps. */
  readonly application: string;
  /** Whether the engine keeps a chart. */
  readonly isChart: boolean;
  readonly settings: readonly EngineSetting[];
  /** The log of one of its components, of every lab of the run. */
  readonly logLines: (component: string) => AsyncIterable<string>;
}

/** More samples than this make a distribution no finer than it can be drawn. */
const maxSamples = 60;

/** Measured times as a spread: all of them, or as many of their quantiles as tell them apart. `samplesMs` must not be empty. */
export function empirical(samplesMs: readonly number[]): Spread {
  const sorted = samplesMs.toSorted((left, right) => left - right);
  const count = Math.min(maxSamples, sorted.length);
  const picked = Array.from({ length: count }, (_, index) => {
    const position = Math.floor(((index + 0.5) / count) * sorted.length);
    return Math.round((sorted[position] ?? 0) * 10) / 10;
  });
  return { kind: 'empirical', samplesMs: picked };
}

/** The median of samples; 0 where there are none. */
export function medianOf(samplesMs: readonly number[]): number {
  const sorted = samplesMs.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The value of a line of a log that is a JSON object; undefined where it is none, or was cut off. */
export function parseLogLine(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
