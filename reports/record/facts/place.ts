import * as z from 'zod';
import { engineNames, Milliseconds } from '../schema.ts';

/** Whose lab a fact is of: an engine's, or that of the reference reconciler, by which the harness is calibrated. */
export const recordedNames = [...engineNames, 'reference'] as const;

/** Where in a run a fact has its place; every one has these fields. */
export const at = {
  /** On the run's monotonic clock. */
  atMs: Milliseconds,
  engine: z.enum(recordedNames),
  trial: z.int().positive(),
  /** The iteration's index; 0 for what happens before the first. */
  iteration: z.int().nonnegative(),
};
