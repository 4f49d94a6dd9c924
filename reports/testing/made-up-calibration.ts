import type { CalibrationCondition } from '../record/calibration.ts';
import { madeUpFrame } from './made-up-frame.ts';
import type { MadeUpRun } from './made-up-run.ts';

/** A condition that was never made, but for what `different` says. */
export function madeUpCondition(different: Partial<CalibrationCondition> = {}): CalibrationCondition {
  const errorsMs = Array.from({ length: 300 }, (_, index) => ((index % 60) - 30) / 10);
  return {
    name: '100-objects-idle',
    objects: 100,
    isBusy: false,
    samples: errorsMs.length,
    warmups: 20,
    missing: 0,
    targetP99Ms: 5,
    error: { medianMs: -0.05, p99Ms: 2.9, worstMs: 3 },
    errorsMs,
    errorAtMostP99Ms: 4.5,
    truthLimit: { medianMs: 1.4, p99Ms: 2, worstMs: 2.6 },
    watchLatency: { medianMs: 0.9, p99Ms: 2.5, worstMs: 4 },
    busyShare: 0.2,
    eventsPerSecond: 10,
    ...different,
  };
}

/** A calibration that never took place, for tests. */
export function madeUpCalibration({
  conditions = [madeUpCondition()],
}: { readonly conditions?: readonly CalibrationCondition[] } = {}): MadeUpRun {
  const frame = madeUpFrame({ engines: [], disturbances: [], iterationsPerDisturbance: 300, seed: 7 });
  const results = {
    ...frame,
    scenario: { ...frame.scenario, name: 'calibrate', question: 'How far off is the harness?' },
    instrument: null,
    calibration: {
      delayMinMs: 5,
      delayMaxMs: 50,
      clock: { resolutionMs: 0.00007, readMs: 0.00008 },
      conditions: [...conditions],
    },
  };
  return { results, history: [] };
}
