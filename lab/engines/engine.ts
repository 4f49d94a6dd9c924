import type { StateStore } from '../forge/state-store.ts';
import type { ObjectEvent, WatchTarget } from '../kube/watch.ts';
import type { Footprint, HandedObjects } from '../footprint.ts';
import type { LiveObject, ObjectReference } from '../kube/objects.ts';
import type { Lab } from '../lab.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';
import type { EngineFeature } from '../engine-feature.ts';
import type { EngineSetting } from './setting.ts';
import type { PredictedTime, PredictionEvidence, PredictionQuestion } from './prediction.ts';

/** Where an engine finds the state store, and what it needs to be let in. */
export interface StoreAccess {
  readonly store: StateStore;
  /** An address without credentials, such as `http://127.0.0.1:41234/fleet.git`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** What an engine says of itself at one moment. */
export interface EngineStatus {
  /** The Git commit that it says the cluster has. */
  readonly revision: string;
  /** It is comparing, applying or checking health. */
  readonly isWorking: boolean;
  /** It says that the cluster is as Git wants it, and healthy. */
  readonly isSettled: boolean;
  /** It has noticed a difference, or has begun a reconciliation. */
  readonly hasDetected: boolean;
  /** How many corrections it has made on this revision that count towards a backoff; 0 where it has none. */
  readonly attempts: number;
  /** It says that it will not try again on this revision. */
  readonly hasGivenUp: boolean;
  /** It says that it could not do what Git asks for, or that what it applied is broken. */
  readonly hasFailed: boolean;
  /** A few words for a timeline. */
  readonly summary: string;
}

/** An image of the lab's registry that the engine is to keep at its newest tag, by commits of its own; it needs the feature `images`. */
export interface FollowedImage {
  /** Host, port and repository: `127.0.0.1:41234/shop/web`. */
  readonly image: string;
  /** Which tags may be taken, as Masterminds/semver reads it: `1.x`. */
  readonly range: string;
  /** Where the values of a chart name it: the chart, and the key there. Undefined where manifests do. */
  readonly inValues?: { readonly chart: string; readonly key: string };
}

/** What an engine is asked to keep in the cluster. */
export interface ManagedApplication {
  readonly name: string;
  /** The namespace that its objects live in. */
  readonly namespace: string;
  /** The folder of the state store that holds its manifests. */
  readonly path: string;
  /** The cluster's own name in the state store, where several follow it. */
  readonly cluster?: string;
  /** Git names a chart for it, by `Engine.chartFiles`: who keeps the release waits for its health, and tells of it. */
  readonly isChart?: boolean;
  readonly follows?: FollowedImage;
}

/** The release of a chart that Git asks for. */
export interface KeptChart {
  /** The registry and the folder that the chart lies in there, without scheme: `127.0.0.1:41234/charts`. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether the engine is to put back what drifts from the release. */
  readonly correctsDrift: boolean;
}

/** What an application of a chart consists of. */
export interface ChartFolder {
  /** Undefined where Git asks for no release of it. */
  readonly chart: KeptChart | undefined;
  /** What Git has besides, such as its Namespace. */
  readonly objects: readonly LiveObject[];
}

/** Takes each event of the objects that tell of an engine; its status from then on, or undefined where it says nothing yet. */
export type StatusReader = (event: Pick<ObjectEvent, 'type' | 'object'>) => EngineStatus | undefined;

/** Where an engine is told of a push, as GitHub or Gitea would tell it. */
export interface PushReceiver {
  readonly url: string;
  /** Signs the message. */
  readonly secret: string;
}

/** A notification in an engine's own words. */
export interface EngineNotice {
  /** What it is about: `Kustomization/shop`. */
  readonly object: string;
  /** The Git commit that it names; empty where it names none. */
  readonly revision: string;
  /** The engine's name for the occasion. */
  readonly reason: string;
  /** What it says has become of the commit; `other` where it says neither. */
  readonly outcome: 'succeeded' | 'failed' | 'other';
}

/** What an engine says of the notifications that it has sent since it was started. */
export interface NoticeTally {
  /** How many it began to send. */
  readonly sent: number;
  /** How many of those it could not deliver, after all its tries. */
  readonly givenUp: number;
}

/** An engine that sends notifications. */
export interface EngineNotices {
  /** Reads what it has posted. */
  readonly read: (body: unknown) => EngineNotice;
  readonly tally: () => Promise<NoticeTally>;
  /** The settings that decide what is sent, and how often it is tried, read back from the cluster. */
  readonly readSettings: () => Promise<readonly EngineSetting[]>;
}

/** What it takes to install an engine. */
export interface InstallContext<Options> {
  readonly lab: Lab;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly state: StoreAccess;
  readonly application: ManagedApplication;
  /** What is wanted of it besides keeping plain manifests; its tools are there. */
  readonly features: readonly EngineFeature[];
  readonly options: Options;
  /** Where it is to post its notifications, which takes the feature `notifications`; it tells nobody where this is left out. */
  readonly noticeUrl?: string;
  readonly signal: AbortSignal;
  /** Told each command that installs it, as a person would type it, when it is about to be run. */
  readonly onCommand?: (command: string) => void;
  /** Called when the engine has applied the state store once; its installer may go on for a while to look at its own health. */
  readonly onSynced: () => void;
}

/** A step of a runbook that was made, as the record of a run has it. */
export interface MadeStep {
  readonly step: 'run' | 'look' | 'decide' | 'verify';
  /** The command line, or the question. */
  readonly what: string;
  /** What it took, an answer included; 0 for a question. */
  readonly machineMs: number;
  /** What a person would take besides, at the stated pace. */
  readonly personMs: number;
}

/** What whoever recovers by hand is told when called out. */
interface Call {
  readonly signal: AbortSignal;
  /** Told each step when it has ended. */
  readonly onStep: (step: MadeStep) => void;
}

/** The work of people where no engine does it. */
interface ByHand {
  /** Brings what Git has into the cluster, and looks no further. */
  readonly deploy: () => Promise<void>;
  /** Tells what happened, by the name of the disturbance; settles when its runbook was followed to the end. Throws an explained error. */
  readonly callOut: (disturbance: string, call: Call) => Promise<void>;
}

/** An installed engine that has applied the state store once. */
export interface StartedEngine {
  readonly version: string;
  /** How it was installed, in one sentence. */
  readonly installedBy: string;
  /** The components of the lab that do its work: the one that applies, and the one that reads Git. */
  readonly workers: { readonly applies: string; readonly reads: string };
  /** The namespace of its own objects, whose events tell what it does. */
  readonly namespace: string;
  /** Ends one of its workers at once, as a crash does; it is started again as its lab does that. Throws where it can't. */
  readonly crash: (worker: string) => Promise<void>;
  /** Undefined for an engine that notices by itself. */
  readonly byHand?: ByHand | undefined;
  /** What to watch to follow its status. */
  readonly statusTargets: readonly WatchTarget[];
  /** Undefined unless the feature `webhooks` was asked for. */
  readonly pushReceiver?: PushReceiver | undefined;
  /** Undefined unless there is somebody to notify. */
  readonly notices?: EngineNotices | undefined;
  /** Begins to read its status from the events of `statusTargets`. */
  readonly openStatus: () => StatusReader;
  /** Has it put back drift, or leave it, from now on; undefined where Git alone says so. For set-up alone. */
  readonly correctDrift?: (isOn: boolean) => Promise<void>;
  /** Asks it to look at Git now. For set-up alone: what is measured is never hurried. */
  readonly requestSync: () => Promise<void>;
  /** The settings that decide its speed, read back from the cluster and from its running programs. */
  readonly readSettings: () => Promise<readonly EngineSetting[]>;
}

/** A part of an application that an engine keeps apart from its other parts. */
export interface Part {
  readonly name: string;
  /** The namespace that its objects live in. */
  readonly namespace: string;
  /** The folder of the state store that holds its manifests. */
  readonly path: string;
}

/** Parts of an application, in the order in which they work. */
export interface Parts {
  readonly parts: readonly Part[];
  /** Whether the engine is told that each needs the one before. */
  readonly isOrderDeclared: boolean;
  /** The folder of the state store that brings all of them. */
  readonly folder: string;
}

/** What an engine says of its attempts to apply one of the things that it keeps. */
export interface Attempts {
  /** Tells a count that begins anew from the one before. */
  readonly count: string;
  /** How many attempts of this count have failed so far. */
  readonly failed: number;
  readonly isWorking: boolean;
  /** What it says last, where the last attempt failed; empty where it did not. */
  readonly problem: string;
}

/** How an engine keeps many applications by what Git alone says: one that is installed with it, and brings the others. */
export interface Fleet<Options> {
  readonly root: ManagedApplication;
  /** What Git has to hold for it to bring `application`; `url` is the address of the state store. */
  readonly filesOf: (
    application: ManagedApplication,
    url: string,
    options: Options,
  ) => Record<string, string>;
  /** What Git has to hold for it to keep an application in parts; `url` is the address of the state store. */
  readonly partFiles: (parts: Parts, url: string, options: Options) => Record<string, string>;
  /** Where the status of all of them is, the root's included: a REST path. */
  readonly statusPath: string;
  /** Reads a status from an object that is there. */
  readonly readStatus: (object: LiveObject) => EngineStatus;
  readonly readAttempts: (object: LiveObject) => Attempts;
}

/** How an engine that somebody else has installed is used, and left as it is. */
export interface Adoption<Options> extends Omit<HandedObjects, 'objects'> {
  readonly objectsFor: (application: ManagedApplication) => readonly ObjectReference[];
  /** Hands it the application; returns when it has applied the state store once. Throws an explained error, or the signal's reason. */
  readonly adopt: (context: InstallContext<Options>) => Promise<StartedEngine>;
}

/** A GitOps engine that a lab can run. */
export interface Engine<Options> {
  readonly name: string;
  /** How people write it. */
  readonly title: string;
  /** What it always needs. */
  readonly tools: readonly ToolName[];
  /** What its installation brings into a cluster. */
  readonly footprint: Footprint;
  /** Left out where nothing in the cluster can bring an application. */
  readonly fleet?: Fleet<Options>;
  /** What each feature needs besides. */
  readonly featureTools: Readonly<Record<EngineFeature, readonly ToolName[]>>;
  /** What Git has to hold for it to keep a chart of the lab's registry, and objects beside it: contents by path. */
  readonly chartFiles?: (
    application: ManagedApplication,
    folder: ChartFolder,
    options: Options,
  ) => Record<string, string>;
  /** What Git has to hold, made of the files that name the image, for it to know where new tags are to be written. */
  readonly imageFiles?: (
    application: ManagedApplication,
    image: FollowedImage,
    files: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  readonly install: (context: InstallContext<Options>) => Promise<StartedEngine>;
  /** Left out where one that somebody else has installed can't be used. */
  readonly adoption?: Adoption<Options>;
  /** How long it should take to restore, by its code and its effective settings: an answer to each question, null where the run tells too little. */
  readonly predict: (
    questions: readonly PredictionQuestion[],
    evidence: PredictionEvidence,
  ) => Promise<readonly (PredictedTime | null)[]>;
}
