import type { EngineFeature } from './engine-feature.ts';
import type { ForgeName } from './forge/forge.ts';
import type { EngineFootprint, Footprint } from './footprint.ts';
import type { LabHome } from './home/lab-home.ts';
import type { KubeAccess } from './kube/kube-access.ts';
import type { Lab } from './lab.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** Where servers of this machine listen so that the programs of a lab reach them. */
export interface HostPlace {
  /** An address of this machine; never all of them. */
  readonly address: string;
}

/** How far the making of a lab is, where that takes minutes. */
export interface LabProgress {
  /** What is done: `Join the workers`. */
  readonly stage: string;
  /** Which of how many stages, from 1. */
  readonly number: number;
  readonly count: number;
  /** What of it just now; empty where there is nothing to tell. */
  readonly detail: string;
}

/** What a lab is to be. */
export interface LabSpec {
  readonly home: LabHome;
  readonly logDirectory: string;
  readonly nodes: number;
  /** How long a simulated pod takes from being scheduled to being ready; real ones take what they take. */
  readonly podStartMs: number;
  /** Which of the clusters that are there it is to be in, counted from 0. */
  readonly clusterIndex?: number;
  /** What its application is going to bring, where that is known. */
  readonly footprint?: Footprint;
  /** What its engine is going to bring, where it is to have one. */
  readonly engine?: EngineFootprint;
  readonly signal: AbortSignal;
  /** Told as soon as the API server answers, for who wants to watch what comes before the lab is ready. */
  readonly onAnswering?: (access: KubeAccess) => void;
  /** Told as the making goes on, by labs that take their time. */
  readonly onProgress?: (progress: LabProgress) => void;
}

/** Labs of one kind that can be started on this machine. */
export interface PreparedLabs {
  readonly host: HostPlace;
  /** Starts one; its nodes are Ready when this returns. Throws an explained error, or the signal's reason. */
  readonly start: (spec: LabSpec) => Promise<Lab>;
}

interface PrepareContext {
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What a kind of lab has for scenarios besides a cluster that an engine keeps plain manifests in. */
export interface LabAbilities {
  /** What an engine can be asked for in it. */
  readonly features: readonly EngineFeature[];
  /** Whether it can have a registry, the lab's operator with its admission webhook, and which forges. */
  readonly registry: boolean;
  readonly operator: boolean;
  readonly forges: readonly ForgeName[];
  /** So many clusters are there, which are not ours alone: one lab is in each at a time, and none is ever lost. Left out where every lab gets a new one. */
  readonly clusters?: number;
  /** Its engine may be somebody else's, and is never broken. */
  readonly sparesEngine?: true;
  /** Its nodes are machines that can be turned off and on again; with `rebuild`, workers can be made anew as well. Left out where neither is so. */
  readonly machines?: 'power' | 'rebuild';
}

/** Something that keeps labs from running on this machine, or may do so. */
export interface Obstacle {
  /** What it is, in one sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
  /** False where labs may run in spite of it. */
  readonly isFatal: boolean;
}

/** What was found on this machine for a kind of lab. */
export interface Examination {
  /** What it would use, each in a few words: `docker 28.2.2`. */
  readonly found: readonly string[];
  readonly obstacles: readonly Obstacle[];
}

/** A kind of lab, with what the user has chosen for it. */
export interface LabProvider {
  readonly name: string;
  /** The programs that it always needs. */
  readonly tools: readonly ToolName[];
  readonly podsAreSimulated: boolean;
  readonly abilities: LabAbilities;
  /** Looks, before any program is fetched or built, whether this machine has what such labs need besides. Throws an explained error where it has not. */
  readonly demand: (environment: NodeJS.ProcessEnv) => Promise<void>;
  /** Looks what keeps such labs from running here, its programs aside. Cheap questions alone: nothing is pulled, made or started. Throws the signal's reason alone. */
  readonly examine: (context: Omit<PrepareContext, 'tools'>) => Promise<Examination>;
  /** Makes what all of its labs share. Throws an explained error where they can't be started here. */
  readonly prepare: (context: PrepareContext) => Promise<PreparedLabs>;
}
