import type { Prediction } from '../record/schema.ts';

/** The prediction that Flux restores at a moment that is uniform over a range, for tests. */
export function uniformPrediction(disturbance: string, fromMs: number, toMs: number): Prediction {
  return {
    engine: 'flux',
    disturbance,
    phase: 'random',
    attemptsBefore: 0,
    mechanism: 'the next reconciliation',
    never: null,
    terms: [
      {
        name: 'next reconciliation',
        what: 'it compares at its interval',
        source: 'Kustomization interval',
        spread: { kind: 'uniform', fromMs, toMs },
      },
    ],
  };
}
