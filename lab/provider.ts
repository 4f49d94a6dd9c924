import type { EngineFeature } from './engines/feature.ts';
import type { ForgeName } from './forge/forge.ts';
import type { Footprint } from './footprint.ts';
import type { LabHome } from './home/lab-home.ts';
import type { KubeAccess } from './kube/kube-access.ts';
import type { Lab } from './lab.ts';
import type { Tool, ToolName } from './toolchain/tool.ts';

/** Where servers of this machine listen so that the programs of a lab reach them. */
export interface HostPlace {
  /** An address of this machine; never all of them. */
  readonly address: string;
}

/** What a lab is to be. */
export interface LabSpec {
  readonly home: LabHome;
  readonly logDirectory: string;
  readonly nodes: number;
  /** How long a simulated pod takes from being scheduled to being ready; real ones take what they take. */
  readonly podStartMs: number;
  /** What its engine and its application are going to bring, where that is known. */
  readonly footprint?: Footprint;
  readonly signal: AbortSignal;
  /** Told as soon as the API server answers, for who wants to watch what comes before the lab is ready. */
  readonly onAnswering?: (access: KubeAccess) => void;
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
  /** There is one cluster, which is not ours alone: its labs come one after the other, and it is never lost. */
  readonly isShared?: true;
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
  /** Makes what all of its labs share. Throws an explained error where they can't be started here. */
  readonly prepare: (context: PrepareContext) => Promise<PreparedLabs>;
}
