import type { PredictionQuestion, Spread } from './prediction.ts';
import type { EngineSetting } from './setting.ts';

/** A setting as it would have been read back, for tests. */
export function setting(name: string, value: string): EngineSetting {
  return { name, value, readFrom: 'a test' };
}

/** A disturbance that is like the most, but for what `different` says. */
export function question(different: Partial<PredictionQuestion>): PredictionQuestion {
  return {
    removesNamespace: false,
    correctsDrift: true,
    phaseMaxMs: 2000,
    attemptsBefore: 0,
    idleBeforeMs: [],
    otherCorrectionsMs: [200],
    namespaceGoneMs: [],
    ...different,
  };
}

/** The lines of a log, for tests. */
export async function* linesOf(lines: readonly string[]): AsyncIterable<string> {
  yield* await Promise.resolve(lines);
}

/** The mean of a spread, in milliseconds. */
export function meanOf(spread: Spread): number {
  switch (spread.kind) {
    case 'constant':
      return spread.ms;
    case 'uniform':
      return (spread.fromMs + spread.toMs) / 2;
    case 'empirical':
      return spread.samplesMs.reduce((sum, ms) => sum + ms, 0) / spread.samplesMs.length;
    case 'mixture': {
      const total = spread.ranges.reduce((sum, { weight }) => sum + weight, 0);
      return (
        spread.ranges.reduce((sum, range) => sum + ((range.fromMs + range.toMs) / 2) * range.weight, 0) /
        total
      );
    }
  }
}
