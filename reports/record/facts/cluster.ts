import * as z from 'zod';
import { at } from './place.ts';

/** What was seen in the cluster. */
export const clusterFacts = [
  /** A watched object changed. */
  z.strictObject({
    ...at,
    type: z.literal('object'),
    event: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
    /** For example `Deployment/web`. */
    object: z.string(),
    uid: z.string(),
    generation: z.int().nullable(),
    resourceVersion: z.string(),
    /** Marked for deletion, but still there. */
    isTerminating: z.boolean(),
    /** Paths of the fields that are not as Git has them; empty where all are. */
    differsFromGit: z.array(z.string()),
    /** Whether the object does its work: every replica ready, an endpoint behind a Service; true where there is nothing to wait for. */
    isReady: z.boolean(),
    /** A few words on its state, for timelines: `3/3 ready`. */
    summary: z.string(),
  }),
  /** The engine's own status changed. */
  z.strictObject({
    ...at,
    type: z.literal('engine'),
    /** The revision that the engine says it has applied. */
    revision: z.string(),
    /** True while it is comparing, applying or checking health. */
    isWorking: z.boolean(),
    /** It says that the cluster is as Git wants it and healthy. */
    isSettled: z.boolean(),
    /** It has noticed a difference, or has begun a reconciliation. */
    hasDetected: z.boolean(),
    /** Corrections on this revision that count towards a backoff. */
    attempts: z.int().nonnegative(),
    /** It says that it will not try again on this revision. */
    hasGivenUp: z.boolean(),
    /** It says that it could not do what Git asks for. */
    hasFailed: z.boolean().default(false),
    /** For example self-heal attempts; shown in timelines. */
    summary: z.string(),
  }),
  /** What the engine says of its attempts to apply a part of the application. */
  z.strictObject({
    ...at,
    type: z.literal('attempts'),
    /** The engine's name for it. */
    part: z.string(),
    /** Tells a count that begins anew from the one before. */
    count: z.string(),
    /** How many attempts of this count have failed so far. */
    failed: z.int().nonnegative(),
    isWorking: z.boolean(),
    /** What it says last, where the last attempt failed; empty where it did not. */
    problem: z.string(),
  }),
  /** A Kubernetes Event of the application's namespace or the engine's, each time that it is told anew. */
  z.strictObject({
    ...at,
    type: z.literal('event'),
    kind: z.enum(['normal', 'warning']),
    /** What it is about, for example `Deployment/web`. */
    object: z.string(),
    reason: z.string(),
    message: z.string(),
    /** Who tells it, for example `deployment-controller`. */
    component: z.string(),
    /** How often it has been told so far. */
    count: z.int().positive(),
  }),
  /** A watch was broken off and the objects were listed again: times across it are bounds. */
  z.strictObject({ ...at, type: z.literal('watch-gap'), resource: z.string() }),
] as const;
