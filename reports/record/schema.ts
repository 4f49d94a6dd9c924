import * as z from 'zod';
import { Calibration, Instrument } from './calibration.ts';
import { Contrast } from './contrast.ts';

/** Raised with every change that an older reader of results.json can't take. */
export const schemaVersion = 5;

/** What keeps a cluster as Git says by itself. */
export const gitopsNames = ['flux', 'argocd'] as const;
/** Who recovers a cluster: the engines, and a written runbook, which has to be called out. */
export const engineNames = [...gitopsNames, 'manual'] as const;
const EngineName = z.enum(engineNames);
export type EngineName = z.infer<typeof EngineName>;

export const Milliseconds = z.number().nonnegative();
const IsoTime = z.iso.datetime();

export const PhaseKind = z.enum(['random', 'locked']);
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
  origin: z.enum(['own', 'release', 'image', 'go', 'debian']),
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
  /** All samples are equally likely. */
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
const Outcome = z.enum(['restored', 'applied', 'surfaced', 'undone', 'left', 'resumed']);
export type Outcome = z.infer<typeof Outcome>;

/** Something that a scenario measures besides the four times. */
const FigureName = z.strictObject({
  /** The key in an iteration's `figures`; it carries the unit, where it is a time or a share: `timeUnservedMs`. */
  name: z.string().min(1),
  title: z.string().min(1),
  /** `share`: a part of a whole, from 0 to 1. */
  unit: z.enum(['ms', 'count', 'share']),
});
export type FigureName = z.infer<typeof FigureName>;

const OneRun = z.strictObject({
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
        /** The figure that counts how often the engine did not do that; the time to restore tells where it is left out. */
        featureFailures: z.string().min(1).optional(),
        outcome: Outcome.optional(),
      }),
    ),
    figures: z.array(FigureName).default([]),
    /** What the question sets against each other; left out by runs that were recorded before version 5. */
    contrasts: z.array(Contrast).optional(),
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
    /** How the programs of the engines ran; of the embedded lab alone where it is left out. */
    enginesRunAs: z.enum(['processes', 'pods']).optional(),
    /** Images under the names of published ones that were made of the programs in `provenance.tools`, as the published ones could not be had. */
    standIns: z.array(z.string()).optional(),
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

/** A run that has become a part of a merged one: what it was, and where its trials and iterations are in it. Its clock stays its own. */
const Shard = OneRun.pick({
  status: true,
  statusReason: true,
  startedAt: true,
  finishedAt: true,
  resumedAt: true,
  provenance: true,
  cost: true,
  instrument: true,
}).extend({
  iterationsPerDisturbance: z.int().positive(),
  /** Its own number of a trial, or of an iteration, is that here less those that came before. */
  engines: z.array(
    z.strictObject({
      engine: EngineName,
      trials: z.int().nonnegative(),
      trialsBefore: z.int().nonnegative(),
      iterationsBefore: z.int().nonnegative(),
    }),
  ),
});
export type Shard = z.infer<typeof Shard>;

export const Results = OneRun.extend({
  /** Of a merged run alone: the runs that it was put together from. Elsewhere in it stand sums, or what the first of them has. */
  shards: z.array(Shard).min(2).optional(),
});
export type Results = z.infer<typeof Results>;
