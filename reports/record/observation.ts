import * as z from 'zod';
import { engineNames, Milliseconds, PhaseKind } from './schema.ts';

/** Whose lab a fact is of: an engine's, or that of the reference reconciler, by which the harness is calibrated. */
export const recordedNames = [...engineNames, 'reference'] as const;

const at = {
  /** On the run's monotonic clock. */
  atMs: Milliseconds,
  engine: z.enum(recordedNames),
  trial: z.int().positive(),
  /** The iteration's index; 0 for what happens before the first. */
  iteration: z.int().nonnegative(),
};

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

/** `run` changes something, `look` shows something, `decide` is a question, `verify` waits for a proof. */
const RunbookStepKind = z.enum(['run', 'look', 'decide', 'verify']);

/** One timestamped fact of history.jsonl. */
export const Observation = z.discriminatedUnion('type', [
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
  /** A command was run to rebuild a cluster, as a person would type it. */
  z.strictObject({ ...at, type: z.literal('command'), command: z.string() }),
  /** A rebuilt cluster has come so far. */
  z.strictObject({
    ...at,
    type: z.literal('reached'),
    /** `api-server`: it answers; `control-plane`: all of it runs, with its nodes Ready; `engine`: it has applied what brings all applications. */
    what: z.enum(['api-server', 'control-plane', 'engine']),
  }),
  /** A rebuilt cluster was held against the lost one, object by object. */
  z.strictObject({
    ...at,
    type: z.literal('compared'),
    /** How many objects there are in either of them. */
    objects: z.int().nonnegative(),
    /** Objects of both that differ in something that is not left out, with the paths. */
    differing: z.array(z.strictObject({ object: z.string(), paths: z.array(z.string()) })),
    /** Objects of the lost cluster alone. */
    missing: z.array(z.string()),
    /** Objects of the rebuilt cluster alone. */
    extra: z.array(z.string()),
    /** What was left out, since Git can't know it, and in how many objects of the rebuilt cluster there was such a thing. */
    leftOut: z.array(
      z.strictObject({ what: z.string(), reason: z.string(), objects: z.int().nonnegative() }),
    ),
  }),
  /** What the engine's own objects say of the past, before the loss and after it, where the two differ. */
  z.strictObject({
    ...at,
    type: z.literal('engine-memory'),
    changes: z.array(
      z.strictObject({
        /** The path, without the positions in lists. */
        path: z.string(),
        /** How many of the engine's objects differ there. */
        objects: z.int().positive(),
        /** Of the first of these objects, in a few words. */
        before: z.string(),
        after: z.string(),
      }),
    ),
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
  /** A component ended that should have gone on. */
  z.strictObject({ ...at, type: z.literal('component-exit'), component: z.string() }),
  /** How the machine was: whether it was too busy to measure on, or asleep. */
  z.strictObject({
    ...at,
    type: z.literal('machine'),
    /** In milliseconds since 1970; it advances as the run's clock does unless the machine slept or its clock was set. */
    wallTimeMs: z.number(),
    /** Of the last minute. */
    loadAverage: z.number().nonnegative(),
    cores: z.int().positive(),
    /** Since the last such fact; null where the system doesn't tell. */
    stealShare: z.number().min(0).max(1).nullable(),
    /** The longest that the harness was kept from reading an event since the last such fact. */
    heldUpMs: Milliseconds,
  }),
  /** What a component had used so far, and held then. */
  z.strictObject({
    ...at,
    type: z.literal('usage'),
    component: z.string(),
    cpuSeconds: z.number().nonnegative(),
    memoryBytes: z.number().nonnegative(),
  }),
  /** Watching for the iteration's recovery has ended. */
  z.strictObject({
    ...at,
    type: z.literal('watched'),
    end: z.enum(['recovered', 'timeout', 'gave-up', 'interrupted', 'error']),
    reason: z.string(),
  }),
]);
export type Observation = z.infer<typeof Observation>;
