import type { Turn } from '../../common/turn.ts';
import type { ChartFolder, StartedEngine } from '../../lab/engines/engine.ts';
import type { ReviewedStore } from '../../lab/forge/gitea/gitea-store.ts';
import type { ChartPublisher } from '../../lab/forge/chart-publisher.ts';
import type { Forge } from '../../lab/forge/forge.ts';
import type { OciRegistry } from '../../lab/forge/oci-registry.ts';
import type { StateStore } from '../../lab/forge/state-store.ts';
import type { KubeAccess } from '../../lab/kube/kube-access.ts';
import type { NoticeReceiver } from '../../lab/notifications/receiver.ts';
import type { Application, FilesFor, Scenario } from '../scenario.ts';
import type { ImageShelf } from './image-shelf.ts';
import type { JudgeRules } from './judge.ts';
import type { MachineGauge } from './machine.ts';
import type { MachineKeeper } from './machine-keeper.ts';
import type { Milestone } from './milestones.ts';
import type { Observer } from './observer.ts';
import type { Randomness } from './plan.ts';
import type { StageOfTrial } from './stage-of-trial.ts';
import type { TrafficPlace } from './traffic.ts';

/** Another lab that follows the same repository. */
export interface Neighbour {
  readonly environment: string;
  readonly observer: Observer;
}

/** What can be broken in a lab on purpose. */
interface FaultyLab {
  /** Kills a component as a crash does, and starts it again at once. */
  readonly crash: (component: string) => Promise<void>;
  /** The Git server refuses connections until it is given back. */
  readonly takeGitAway: (onTry: () => void) => Promise<void>;
  readonly giveGitBack: () => Promise<void>;
  /** Undefined where nobody is notified. */
  readonly receiver: Pick<NoticeReceiver, 'takeAway' | 'giveBack'> | undefined;
}

/** Who reads what Git holds, and how it wants a chart there. */
export interface Reader extends FilesFor {
  readonly chartFiles: (folder: ChartFolder) => Readonly<Record<string, string>>;
  /** The same files, made so that the engine knows where new tags of the image that it follows are to be written. */
  readonly imageFiles: (files: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

/** The image that the application follows, and where its tags and the commits of the engine's automation can be seen. */
export interface FollowedImages {
  readonly shelf: ImageShelf;
  readonly registry: OciRegistry;
  readonly onPush: NonNullable<Forge['onPush']>;
}

/** What all iterations of a trial share. */
export interface TrialContext {
  readonly scenario: Scenario;
  /** What Git holds for this lab. */
  readonly application: Application;
  /** Who reads what Git holds. */
  readonly reader: Reader;
  readonly access: KubeAccess;
  readonly store: StateStore;
  /** As the engine was told it. */
  readonly repositoryUrl: string;
  readonly engine: StartedEngine;
  readonly observer: Observer;
  readonly machine: MachineGauge;
  readonly random: Randomness;
  readonly phaseMaxMs: number;
  readonly timeoutMs: number;
  readonly holdMs: number;
  readonly limits: JudgeRules['limits'];
  /** Lets one lab at a time be disturbed, so that no engine's recovery is slowed by the other's. */
  readonly disturbTurn: Turn;
  /** Told what is waited for. */
  readonly onActivity: (text: string) => void;
  /** Called around every wait for the engine, to tell the harness's own time from it. */
  readonly waiting: <T>(wait: Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  /** Lets one of the labs that follow the same repository at a time be the one that it changes for. */
  readonly repositoryTurn: Turn;
  /** The other labs that follow the same repository. */
  readonly neighbours: () => readonly Neighbour[];
  /** The number of the application's next release; none is given twice in a lab. */
  readonly nextRelease: () => number;
  readonly faults: FaultyLab;
  /** Undefined where the lab has none that can be lost. */
  readonly machines: MachineKeeper | undefined;
  /** Undefined where the scenario wants none. */
  readonly registry: OciRegistry | undefined;
  /** Undefined where the application follows no image. */
  readonly images: FollowedImages | undefined;
  /** Undefined where nobody sends requests to the application. */
  readonly traffic: TrafficPlace | undefined;
  /** Undefined where the application is no chart. */
  readonly charts: ChartPublisher | undefined;
  /** Undefined where nothing is presented. */
  readonly stage: StageOfTrial | undefined;
  /** Told of each step of a recovery. */
  readonly onMilestone: (milestone: Milestone) => void;
  /** Changes Git by review; undefined where the lab's forge has no pull requests. */
  readonly reviewed: ReviewedStore | undefined;
}
