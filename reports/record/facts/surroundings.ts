import * as z from 'zod';
import { Milliseconds } from '../schema.ts';
import { at } from './place.ts';

/** `run` changes something, `look` shows something, `decide` is a question, `verify` waits for a proof. */
const RunbookStepKind = z.enum(['run', 'look', 'decide', 'verify']);

/** What people, clients and servers beside the cluster did and were told. */
export const surroundingFacts = [
  /** A notification of the engine arrived at the lab's receiver. */
  z.strictObject({
    ...at,
    type: z.literal('notification'),
    /** What it is about, for example `Kustomization/shop`. */
    object: z.string(),
    /** The commit that it names; empty where it names none. */
    revision: z.string(),
    /** The engine's name for the occasion. */
    reason: z.string(),
    /** What it says has become of the commit. */
    outcome: z.enum(['succeeded', 'failed', 'other']),
  }),
  /** How many notifications the engine has sent since it was started, and has given up to deliver, by its own log. */
  z.strictObject({
    ...at,
    type: z.literal('notice-tally'),
    sent: z.int().nonnegative(),
    givenUp: z.int().nonnegative(),
  }),
  /** The receiver was listened to for a notification that the engine owed; one that has not arrived by now is lost. */
  z.strictObject({
    ...at,
    type: z.literal('listened'),
    /** What it had to say. */
    outcome: z.enum(['succeeded', 'failed']),
    /** Of which commit. */
    revision: z.string(),
  }),
  /** What became of the requests that clients sent to the application, from the disturbance until watching ended. */
  z.strictObject({
    ...at,
    type: z.literal('requests'),
    url: z.string(),
    perSecond: z.number().positive(),
    sent: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    /** In the two seconds before the disturbance. */
    failedBefore: z.int().nonnegative(),
    /** That were due and could not be sent, all in all. */
    unsent: z.int().nonnegative(),
    /** Of those that succeeded; null where none did. */
    p95Ms: Milliseconds.nullable(),
    /** From the last success before to the first one after, by when these requests were sent, on the run's clock. */
    gaps: z.array(
      z.strictObject({
        fromMs: z.number(),
        toMs: z.number(),
        failed: z.int().positive(),
        /** It had not ended when watching did; it lasts until the last request. */
        isOpen: z.boolean(),
      }),
    ),
  }),
  /** The engine's own automation has pushed to Git: what it is to apply from now on. */
  z.strictObject({
    ...at,
    type: z.literal('committed'),
    revision: z.string(),
    /** As the commit names its author. */
    author: z.string(),
    message: z.string(),
  }),
  /** A pull request was merged, as the forge tells it. */
  z.strictObject({
    ...at,
    type: z.literal('audit'),
    request: z.int().positive(),
    title: z.string(),
    openedBy: z.string(),
    openedAt: z.iso.datetime({ offset: true }),
    approvals: z.array(
      z.strictObject({ by: z.string(), at: z.iso.datetime({ offset: true }), commit: z.string() }),
    ),
    mergedBy: z.string(),
    mergedAt: z.iso.datetime({ offset: true }),
    mergeCommit: z.string(),
  }),
  /** A step of a runbook was made, at machine speed; it ended at this moment. */
  z.strictObject({
    ...at,
    type: z.literal('runbook-step'),
    step: RunbookStepKind,
    /** The command line, or the question. */
    what: z.string(),
    /** What it took, an answer included; 0 for a question, which the runbook answers itself. */
    machineMs: Milliseconds,
    /** What a person would take besides, at the stated pace: to think, type, read and decide. */
    personMs: Milliseconds,
  }),
] as const;
