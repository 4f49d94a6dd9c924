import * as z from 'zod';
import { Calibration, Instrument } from './calibration.ts';

/** Raised with every change that an older reader of results.json can't take. */
export const schemaVersion = 2;

export const engineNames = ['flux', 'argocd'] as const;
const EngineName = z.enum(engineNames);
export type EngineName = z.infer<typeof EngineName>;

const Milliseconds = z.number().nonnegative();
const IsoTime = z.iso.datetime();

const PhaseKind = z.enum(['random', 'locked']);
export type PhaseKind = z.infer<typeof PhaseKind>;

/** One disturb-and-recover cycle. All `timeTo…Ms` count from the moment at which the API server had committed the disturbance. */
export const Iteration = z.strictObject({
  /** The position among the engine's iterations, from 1, in the order in which they began. */
  index: z.int().positive(),
  engine: EngineName,
  /** The engine's trial that it belongs to, from 1; each trial has a lab of its own. */
  trial: z.int().positive(),
  disturbance: z.string().min(1),
  kind: z.enum(['warmup', 'measured']),
  verdict: z.enum(['valid', 'invalid', 'censored']),
  /** Why the verdict is not `valid`; empty where it is. */
  reason: z.string(),
  /** The Git commit that the engine had applied when it was disturbed. */
  revision: z.string(),
  /** `random`: disturbed after a random wait; `locked`: at once, as naive measuring does, and not counted with the others. */
  phase: PhaseKind,
  /** The wait between the proven steady state and the disturbance. */
  phaseMs: Milliseconds,
  /** How often the disturbance was made before on this revision. */
  repeat: z.int().nonnegative(),
  /** Corrections that the engine had made on this revision before, which count towards its backoff. */
  attemptsBefore: z.int().nonnegative(),
  /** A watch had a gap, so that the times are upper bounds. */
  timesAreBounds: z.boolean(),
  /** When the disturbance was committed, on the run's clock; null where it never was. */
  disturbedAtMs: Milliseconds.nullable(),
  timeToDetectMs: Milliseconds.nullable(),
  timeToRestoreMs: Milliseconds.nullable(),
  timeToReadyMs: Milliseconds.nullable(),
  timeToSettleMs: Milliseconds.nullable(),
  /** How long the object was watched after the disturbance; a censored time is "more than" this. */
  watchedForMs: Milliseconds,
  /** What else the scenario measures, by the names of its `figures`; null where there was nothing to be measured. */
  figures: z.record(z.string(), z.number().nullable()).default({}),
});
export type Iteration = z.infer<typeof Iteration>;

const Program = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** `own`: from the user's directory; `release` and `image`: the publisher's; `go`: built from a Go module. */
  origin: z.enum(['own', 'release', 'image', 'go']),
  /** The address or the module that it came from. */
  source: z.string(),
  sha256: z.string(),
});

const Setting = z.strictObject({
  name: z.string(),
  value: z.string(),
  /** Where the value was read back from, for example `Kustomization apps/apps spec.interval`. */
  readFrom: z.string(),
});

const ComponentUsage = z.strictObject({
  component: z.string(),
  /** CPU time from the first sample to the last, over the time between them: 1 is one whole core. */
  meanCores: z.number().nonnegative(),
  maxMemoryBytes: z.number().nonnegative(),
  samples: z.int().nonnegative(),
});

/** One fresh lab with the engine in it. */
const TrialRecord = z.strictObject({
  trial: z.int().positive(),
  /** What was done to it. */
  disturbances: z.array(z.string()),
  controlPlaneStartMs: Milliseconds,
  engineInstallMs: Milliseconds,
  usage: z.array(ComponentUsage),
});

const EngineRecord = z.strictObject({
  engine: EngineName,
  version: z.string(),
  /** How it was installed, in one sentence. */
  installedBy: z.string(),
  settings: z.array(Setting),
  trials: z.array(TrialRecord),
});

/** A time, or how it is spread. */
const Spread = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), ms: z.number() }),
  z.strictObject({ kind: z.literal('uniform'), fromMs: z.number(), toMs: z.number() }),
  /** Uniform within each range; a range is as likely as its weight says. */
  z.strictObject({
    kind: z.literal('mixture'),
    ranges: z
      .array(z.strictObject({ fromMs: z.number(), toMs: z.number(), weight: z.number().positive() }))
      .min(1),
  }),
  /** Each of the samples as likely as any other. */
  z.strictObject({ kind: z.literal('empirical'), samplesMs: z.array(z.number()).min(1) }),
]);
export type Spread = z.infer<typeof Spread>;

/** What timeToRestore is expected to be, from the engine's code and its effective settings. */
const Prediction = z.strictObject({
  engine: EngineName,
  disturbance: z.string().min(1),
  phase: PhaseKind,
  /** Corrections on the same revision before, as iterations have them. */
  attemptsBefore: z.int().nonnegative(),
  /** What restores it, in a few words; predictions that name the same one are tested together, too. */
  mechanism: z.string().min(1),
  /** Why it is never restored; null where it is, and then the terms add up to its time. */
  never: z.strictObject({ why: z.string().min(1), source: z.string().min(1) }).nullable(),
  /** Independent of each other; the time is their sum. */
  terms: z.array(
    z.strictObject({
      name: z.string().min(1),
      /** How it comes about, in one sentence. */
      what: z.string().min(1),
      /** The setting, the file of the engine's source code, or the measurement that it is taken from. */
      source: z.string().min(1),
      spread: Spread,
    }),
  ),
});
export type Prediction = z.infer<typeof Prediction>;

/** What the time to restore counts until, where it is not what the kind of the disturbance says. */
const Outcome = z.enum(['restored', 'applied', 'surfaced', 'resumed']);
export type Outcome = z.infer<typeof Outcome>;

/** Something that a scenario measures besides the four times. */
const FigureName = z.strictObject({
  /** The key in an iteration's `figures`; it carries the unit, where it is a time: `timeUnservedMs`. */
  name: z.string().min(1),
  title: z.string().min(1),
  unit: z.enum(['ms', 'count']),
});
export type FigureName = z.infer<typeof FigureName>;

export const Results = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  /** `complete`: every planned iteration was made; `interrupted`: stopped by the user; `failed`: see `statusReason`. */
  status: z.enum(['complete', 'interrupted', 'failed']),
  statusReason: z.string(),
  startedAt: IsoTime,
  finishedAt: IsoTime,
  /** When an interrupted run was gone on with. */
  resumedAt: z.array(IsoTime),
  scenario: z.strictObject({
    name: z.string(),
    /** The question that the scenario answers. */
    question: z.string(),
    disturbances: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['drift', 'change', 'fault']),
        sentence: z.string(),
        /** What an engine can do that carries it out, as a row of the feature table: `brings back a deleted Namespace`. */
        feature: z.string().min(1).optional(),
        outcome: Outcome.optional(),
      }),
    ),
    figures: z.array(FigureName).default([]),
  }),
  provenance: z.strictObject({
    version: z.string(),
    commit: z.string().nullable(),
    /** False where the working tree had changes; null where it is no Git checkout. */
    isClean: z.boolean().nullable(),
    commandLine: z.array(z.string()),
    seed: z.int().nonnegative(),
    machine: z.strictObject({
      operatingSystem: z.string(),
      architecture: z.string(),
      processor: z.string(),
      cores: z.int().positive(),
      memoryBytes: z.number().positive(),
      nodeVersion: z.string(),
      gitVersion: z.string(),
      loadAverageAtStart: z.number().nonnegative(),
    }),
    programs: z.array(Program),
    /** What a reader must know about the programs, for example that a set of components is not one release. */
    notices: z.array(z.string()),
  }),
  lab: z.strictObject({
    provider: z.string(),
    podsAreSimulated: z.boolean(),
    /** How long a simulated pod takes from being scheduled to being ready. */
    podStartMs: Milliseconds,
    nodes: z.int().positive(),
  }),
  profile: z.strictObject({
    name: z.string(),
    settings: z.record(z.string(), z.unknown()),
  }),
  plan: z.strictObject({
    engines: z.array(EngineName),
    iterationsPerDisturbance: z.int().positive(),
    warmupsPerTrial: z.int().nonnegative(),
    maxReplacements: z.int().nonnegative(),
    timeoutMs: Milliseconds,
    holdMs: Milliseconds,
    /** The random phase is uniform over 0 to this. */
    phaseMaxMs: Milliseconds,
    /** Beyond these the machine is too busy, and an iteration is invalid. */
    limits: z.strictObject({
      loadPerCore: z.number().positive(),
      /** The share of its time that a virtual machine may be kept waiting by its host. */
      stealShare: z.number().positive(),
      /** How long the harness itself may be kept from reading an event. */
      heldUpMs: Milliseconds,
    }),
    /** What the run is held against when it ends, as it was typed; see docs/thresholds.md. */
    thresholds: z.array(z.string()).default([]),
  }),
  engines: z.array(EngineRecord),
  /** Made when the run ends; empty until then. */
  predictions: z.array(Prediction).default([]),
  cost: z.strictObject({
    totalMs: Milliseconds,
    /** Time in which at least one engine was waited for: its recovery, its sync of a new revision, the random phase, the hold. */
    waitingForEnginesMs: Milliseconds,
    /** The harness's own CPU use over the run: 1 is one whole core. */
    harnessMeanCores: z.number().nonnegative(),
    harnessMaxMemoryBytes: z.number().nonnegative(),
  }),
  iterations: z.array(Iteration),
  /** How exact the harness was on this machine when it was last calibrated there; null where it never was. */
  instrument: Instrument.nullable().default(null),
  /** Of a run of `calibrate` alone; its `iterations` are empty. */
  calibration: Calibration.optional(),
  /** Of a run of `calibrate` alone: the p99 of the error with 100 watched objects on an idle machine. */
  errorP99Ms: Milliseconds.optional(),
});
export type Results = z.infer<typeof Results>;

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

const StepKind = z.enum(['fault-began', 'fault-ended', 'drift', 'commit', 'refused-push', 'refused-merge']);
export type StepKind = z.infer<typeof StepKind>;

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
