import type { StateStore } from '../forge/state-store.ts';
import type { WatchTarget } from '../kube/watch.ts';
import type { LiveObject } from '../kube/objects.ts';
import type { Lab } from '../lab.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';
import type { EngineFeature } from './feature.ts';
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

/** What an engine is asked to keep in the cluster. */
export interface ManagedApplication {
  readonly name: string;
  /** The namespace that its objects live in. */
  readonly namespace: string;
  /** The folder of the state store that holds its manifests. */
  readonly path: string;
  /** The cluster's own name in the state store, where several follow it. */
  readonly cluster?: string;
}

/** Where an engine is told of a push, as GitHub or Gitea would tell it. */
export interface PushReceiver {
  readonly url: string;
  /** Signs the message. */
  readonly secret: string;
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
  /** Undefined for an engine that notices by itself. */
  readonly byHand?: ByHand | undefined;
  /** What to watch to follow its status. */
  readonly statusTarget: WatchTarget;
  /** Undefined unless the feature `webhooks` was asked for. */
  readonly pushReceiver?: PushReceiver | undefined;
  /** Reads its status from an object of `statusTarget`. */
  readonly readStatus: (object: LiveObject) => EngineStatus;
  /** Asks it to look at Git now. For set-up alone: what is measured is never hurried. */
  readonly requestSync: () => Promise<void>;
  /** The settings that decide its speed, read back from the cluster and from its running programs. */
  readonly readSettings: () => Promise<readonly EngineSetting[]>;
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
  /** Where the status of all of them is, the root's included: a REST path. */
  readonly statusPath: string;
  /** Reads a status from an object that is there. */
  readonly readStatus: (object: LiveObject) => EngineStatus;
}

/** A GitOps engine that a lab can run. */
export interface Engine<Options> {
  readonly name: string;
  /** How people write it. */
  readonly title: string;
  /** What it always needs. */
  readonly tools: readonly ToolName[];
  /** Left out where nothing in the cluster can bring an application. */
  readonly fleet?: Fleet<Options>;
  /** What each feature needs besides. */
  readonly featureTools: Readonly<Record<EngineFeature, readonly ToolName[]>>;
  readonly install: (context: InstallContext<Options>) => Promise<StartedEngine>;
  /** How long it should take to restore, by its code and its effective settings: an answer to each question, null where the run tells too little. */
  readonly predict: (
    questions: readonly PredictionQuestion[],
    evidence: PredictionEvidence,
  ) => Promise<readonly (PredictedTime | null)[]>;
}
