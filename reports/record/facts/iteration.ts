import * as z from 'zod';
import { Milliseconds, PhaseKind } from '../schema.ts';
import { at } from './place.ts';

const StepKind = z.enum([
  'fault-began',
  'fault-ended',
  'drift',
  'commit',
  'refused-push',
  'refused-merge',
  'refused-connection',
  'tags-read',
  /** Nobody can ask the API server from here on, on purpose; and all watches of it have listed anew. */
  'api-away',
  'api-back',
  /** Kubernetes says that the node of a machine is not Ready, or has none any more; and that it is Ready, again or anew. */
  'node-lost',
  'node-back',
]);
export type StepKind = z.infer<typeof StepKind>;

/** What was done in an iteration, and how it began and ended. */
export const iterationFacts = [
  /** An iteration begins; unless it repeats a disturbance on the same one, a new revision was pushed to the state store. */
  z.strictObject({
    ...at,
    type: z.literal('revision'),
    revision: z.string(),
    disturbance: z.string(),
    kind: z.enum(['warmup', 'measured']),
    phase: PhaseKind,
    /** How often the disturbance was made on this revision before. */
    repeat: z.int().nonnegative(),
  }),
  /** The steady state was proven; the random phase begins. */
  z.strictObject({ ...at, type: z.literal('steady'), revision: z.string(), phaseMs: Milliseconds }),
  /** The disturbance was sent to the API server. */
  z.strictObject({
    ...at,
    type: z.literal('disturbing'),
    disturbance: z.string(),
    kind: z.enum(['warmup', 'measured']),
  }),
  /** A mistake was pushed to Git, which the disturbance will mend. */
  z.strictObject({ ...at, type: z.literal('broken'), what: z.string(), revision: z.string() }),
  /** Something that a disturbance of several steps did besides: a fault began, drift was made meanwhile. */
  z.strictObject({ ...at, type: z.literal('step'), step: StepKind, what: z.string() }),
  /** Another cluster follows the same repository: how often its objects changed since the disturbance. */
  z.strictObject({
    ...at,
    type: z.literal('neighbour'),
    environment: z.string(),
    /** Its engine had the same commit when this was noted. */
    isAtRevision: z.boolean(),
    changes: z.int().nonnegative(),
  }),
  /** The harness had made a disturbance of which no watch event tells: the zero of time. */
  z.strictObject({
    ...at,
    type: z.literal('disturbed'),
    /** What was done, in a few words. */
    what: z.string(),
    /** The commit that the engine is to apply from now on. */
    revision: z.string(),
  }),
  /** Watching for the iteration's recovery has ended. */
  z.strictObject({
    ...at,
    type: z.literal('watched'),
    end: z.enum(['recovered', 'timeout', 'gave-up', 'interrupted', 'error']),
    reason: z.string(),
  }),
] as const;
