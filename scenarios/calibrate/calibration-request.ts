import type { Condition } from './conditions.ts';

/** A calibration that was asked for; everything in it has been checked. */
export interface CalibrationRequest {
  readonly conditions: readonly Condition[];
  /** Samples of each condition that count. */
  readonly samples: number;
  readonly seed: number;
  readonly outputRoot: string;
  /** As the user typed it, for the report. */
  readonly commandLine: readonly string[];
}

/** The first samples of each condition count for nothing: programs and connections still warm up. */
export const warmups = 20;

/** The reference waits a time between these, drawn uniformly. */
export const delayMinMs = 5;
export const delayMaxMs = 50;

/** Of each condition, unless the user says otherwise: enough for a p99, and a matter of seconds. */
export const defaultSamples = 300;

export const calibrationName = 'calibrate';
export const calibrationQuestion = 'How far are the times that the harness measures from the true ones?';
