import * as z from 'zod';

const Milliseconds = z.number().nonnegative();

/** Below this many samples a p99 is hardly anything but the worst of them. */
export const minSamplesForP99 = 200;

const Spread = z.strictObject({ medianMs: z.number(), p99Ms: z.number(), worstMs: z.number() });

/** Measured minus true. */
const ErrorSpread = z.strictObject({
  /** With its sign: how far the harness is off to one side. */
  medianMs: z.number(),
  /** Of the error's size. */
  p99Ms: Milliseconds,
  worstMs: Milliseconds,
});

/** What was measured, and how loaded the machine was meanwhile. */
const condition = {
  /** For example `100-objects-idle`. */
  name: z.string(),
  /** How many objects were watched, and changed in turns. */
  objects: z.int().positive(),
  /** One process on each core did nothing but compute. */
  isBusy: z.boolean(),
  samples: z.int().positive(),
  /** The share of all cores' time in which they were not idle: what an idle machine has of it is the lab's own work. */
  busyShare: z.number().min(0).max(1),
  error: ErrorSpread,
};

const Condition = z.strictObject({
  ...condition,
  /** Samples that count for nothing: the first ones, while programs still warm up. */
  warmups: z.int().nonnegative(),
  /** Deletions that the reference did not record, or that were never seen restored. */
  missing: z.int().nonnegative(),
  /** What the p99 of the error should not exceed; null where nothing is demanded. */
  targetP99Ms: Milliseconds.nullable(),
  /** Measured minus true, a number for each sample, in the order in which they were made. */
  errorsMs: z.array(z.number()),
  /** The p99 of the largest error that is possible for each sample, wherever the true time lies within its limits. */
  errorAtMostP99Ms: Milliseconds,
  /** The true time is known to within plus or minus this. */
  truthLimit: Spread,
  /** From the API server's commit, taken in the middle of its limits, until the harness read of it. */
  watchLatency: Spread,
  /** Watch events that the harness took in each second, besides those of the samples. */
  eventsPerSecond: z.number().nonnegative(),
});
export type CalibrationCondition = z.infer<typeof Condition>;

/** What `calibrate` found out about the harness. */
export const Calibration = z.strictObject({
  /** The reference waits a time between these, drawn uniformly. */
  delayMinMs: Milliseconds,
  delayMaxMs: Milliseconds,
  clock: z.strictObject({
    /** The smallest step that was seen between two readings. */
    resolutionMs: Milliseconds,
    /** The median time that a reading takes. */
    readMs: Milliseconds,
  }),
  conditions: z.array(Condition),
});
export type Calibration = z.infer<typeof Calibration>;

/** How exact the harness is on a machine, by the last calibration there. */
export const Instrument = z.strictObject({
  calibratedAt: z.iso.datetime(),
  /** Of gitops-lab. */
  version: z.string(),
  operatingSystem: z.string(),
  nodeVersion: z.string(),
  /** The p99 of the error with 100 watched objects on an idle machine. */
  errorP99Ms: Milliseconds,
  conditions: z.array(z.strictObject(condition)),
});
export type Instrument = z.infer<typeof Instrument>;
