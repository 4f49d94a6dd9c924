import type { Parts } from '../lab/engines/engine.ts';
import type { EngineFeature } from '../lab/engine-feature.ts';
import type { ForgeName } from '../lab/forge/forge.ts';
import type { LiveObject, ObjectReference } from '../lab/kube/objects.ts';
import type { OperatorAddress } from '../lab/operator/operator.ts';
import type { KubeAccess } from '../lab/kube/kube-access.ts';
import type { Contrast } from '../reports/record/contrast.ts';
import type { Observation } from '../reports/record/observation.ts';
import type { EngineName, FigureName } from '../reports/record/schema.ts';

/** An object of the application, as reports name it: `Deployment/web`. */
export type ObjectName = `${string}/${string}`;

/** What an engine has to tell the lab's receiver of notifications. */
export interface OwedNotice {
  /** What became of the commit that the disturbance makes. */
  readonly outcome: 'succeeded' | 'failed';
  /** How long the receiver waits for it once all is well, in milliseconds; what has not arrived by then is lost. */
  readonly waitMs: number;
  /** How long it listens on after that for the same again, in milliseconds. */
  readonly listenMs: number;
}

/** What every disturbance has: what is to happen, and what has to be well afterwards. */
interface CommonDisturbance {
  readonly name: string;
  /** What happens, in one sentence without a stop. */
  readonly sentence: string;
  /** What an engine can do that carries it out, as reports list it: `brings back a deleted Namespace`. */
  readonly feature?: string;
  /** The name of the figure that counts how often the engine did not do that; the times tell where it is left out. */
  readonly featureFailures?: string;
  /** What a person would type to do the same. */
  readonly command: string;
  /** What must be as Git has it before the disturbance counts as restored. */
  readonly restores: readonly ObjectName[];
  /** What must do its work again before it counts as ready. */
  readonly readies: readonly ObjectName[];
  /** Images that it brings in by itself, and that real pods have to get: of one that Git does not name. */
  readonly images?: readonly string[];
  /** The environment that it is made in, of a scenario that has several. */
  readonly environment?: string;
  /** Its scenario needs `notifications`. */
  readonly notice?: OwedNotice;
  /** It takes so long that it is made only where it is named. */
  readonly onlyWhenNamed?: true;
  /** How long an engine is known to take where its intervals don't tell, in milliseconds; for the plan of a run alone. */
  readonly knownToTakeMs?: Readonly<Record<string, number>>;
  /** It turns machines of the lab off and on, or makes a worker anew as well; labs have to be able to do so. */
  readonly machines?: 'power' | 'rebuild';
  /** How long it is watched at most, in milliseconds, where it need not be watched until the run's time-out to tell that nothing comes. */
  readonly watchMs?: number;
}

/** The cluster is changed, and Git is not. */
export interface Drift extends CommonDisturbance {
  readonly kind: 'drift';
  /** The object whose change, as the API server tells it, is the zero of time. */
  readonly target: ObjectName;
  /** `removed`: what comes back must be a new object; `changed`: the object must be as Git has it again. */
  readonly effect: 'removed' | 'changed';
  readonly act: (access: KubeAccess) => Promise<void>;
  /** The engine is told beforehand to leave drift as it is. */
  readonly correction?: 'off';
}

/** A commit that breaks something, or takes it away. */
export interface Mistake {
  readonly message: string;
  readonly change: Change['change'];
  /** What does not become ready by it. */
  readonly breaks: readonly ObjectName[];
  /** What is gone by it. */
  readonly removes?: readonly ObjectName[];
}

/** Git is changed; the zero of time is when the push was taken. */
export interface Change extends CommonDisturbance {
  readonly kind: 'change';
  /** The commit's message. */
  readonly message: string;
  /** What Git has afterwards, of what it had. */
  readonly change: (objects: readonly LiveObject[]) => readonly LiveObject[];
  /** How Git holds them, where it is another way than that of the application. */
  readonly filesOf?: Application['filesOf'];
  /** What must be gone before the change counts as applied. */
  readonly removes: readonly ObjectName[];
  /** The engine is told of the push at once, as a forge's webhook tells it; its scenario needs `webhooks`. */
  readonly isTold?: boolean;
  /** What is committed before, and has to be in the cluster when the change is made. */
  readonly after?: Mistake;
  /**
   * `surfaced`: it can't be applied, and ends when the engine says so. `undone`: it can't work, and ends when the engine has
   * gone back to what was before, and says so. `applied`, unless it is said.
   */
  readonly outcome?: 'applied' | 'surfaced' | 'undone';
  /** It gets into Git by a pull request, after all that the forge must refuse was tried; the zero of time is its merge. */
  readonly isReviewed?: true;
}

/** What a fault can do to the machines that a lab's nodes are. */
export interface MachineHands {
  /** A worker that runs pods of the application. Before, all parts of the engine are moved to it, or away from it, and have applied a release there. */
  readonly workerWith: (engine: 'engine' | 'no engine') => Promise<string>;
  /** The machine that runs the control plane. */
  readonly controller: () => string;
  /** Ends a machine at once, as a power cut does. One that is still off when the iteration ends is turned on then. */
  readonly powerOff: (machine: string) => Promise<void>;
  readonly powerOn: (machine: string) => Promise<void>;
  /** Destroys a worker that was turned off, and makes it anew; settles when it belongs to the cluster. */
  readonly rebuild: (machine: string) => Promise<void>;
  /** Waits until Kubernetes says that the node of a machine is not Ready, or gone. */
  readonly untilMissed: (machine: string) => Promise<void>;
  /** Waits until the node of a machine that was turned off is Ready again, or anew; of the controller, until the API server answers, too. */
  readonly untilBack: (machine: string) => Promise<void>;
}

/** What a fault can do to a lab, step by step; each step is recorded. */
export interface FaultHands extends MachineHands {
  /** Commits a new release of the application, which the engine is to apply. */
  readonly commitRelease: () => Promise<void>;
  /** Waits until the engine says that it is at work. */
  readonly untilAtWork: () => Promise<void>;
  /** Has the engine's process that applies, or the one that reads Git, end as a crash would end it, and starts it again at once, as a kubelet does. */
  readonly crash: (worker: 'applies' | 'reads') => Promise<void>;
  readonly takeGitAway: () => Promise<void>;
  readonly giveGitBack: () => Promise<void>;
  /** The lab's receiver of notifications refuses connections until it is given back. */
  readonly takeReceiverAway: () => Promise<void>;
  readonly giveReceiverBack: () => Promise<void>;
  /** Deletes every pod of the application. */
  readonly deletePods: () => Promise<void>;
  /** Waits until the engine says that what was committed is in the cluster and healthy. */
  readonly untilApplied: () => Promise<void>;
  readonly drift: (drift: Drift) => Promise<void>;
  /** Waits for a part of `longestMs` that is drawn at random: from `least`, a share between 0 and 1, up to all of it. */
  readonly waitAtRandom: (longestMs: number, least?: number) => Promise<void>;
  /** From now on the times count. */
  readonly begin: (what: string) => void;
}

/** Something of the lab breaks. It ends when the engine has applied all that was committed, and the cluster is well. */
export interface Fault extends CommonDisturbance {
  readonly kind: 'fault';
  /** It is the engine itself that breaks. */
  readonly hitsEngine?: true;
  readonly act: (hands: FaultHands) => Promise<void>;
}

/**
 * Tags of the image that the application follows are pushed to the registry. Git is changed by the engine's automation, where it
 * takes them. The zero of time is when the registry has the last of them.
 */
export interface Publication extends CommonDisturbance {
  readonly kind: 'publication';
  /** The tags that are pushed: `newest` is the newest that may be taken, and `count` tells the times apart that this is asked. */
  readonly tagsAfter: (newest: string, count: number) => readonly [string, ...string[]];
  /**
   * `applied`: the last of the tags is the newest from now on, is written to Git and applied. `left`: none of them may be taken,
   * which is known when the automation has read the tags twice and written nothing.
   */
  readonly outcome: 'applied' | 'left';
  /** How long nothing may be written after that, in milliseconds, where the tags are to be left. */
  readonly leftForMs?: number;
}

/** What is to happen. */
export type Disturbance = Drift | Change | Fault | Publication;

/** Something that a scenario measures besides the times, from the facts of one iteration; null where there is nothing to be measured. */
export interface Figure extends FigureName {
  readonly of: (facts: readonly Observation[]) => number | null;
}

/** Who reads the files of an application, and what they can name. */
export interface FilesFor {
  readonly engine: EngineName;
  /** Host and port of the lab's registry: `127.0.0.1:41234`; undefined where its scenario wants none. */
  readonly registry: string | undefined;
  /** Where the operator's webhook is; undefined where its scenario wants none. */
  readonly operator: OperatorAddress | undefined;
  /** What has the engine keep the parts of an application. */
  readonly partFiles: (parts: Parts) => Readonly<Record<string, string>>;
}

/** What Git says of the release of a chart. */
export interface ChartRelease {
  readonly version: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A chart that the lab's registry has in each version before Git names it. */
export interface Chart {
  readonly name: string;
  /** Its files besides Chart.yaml, contents by path; the same in each version, which they find as `.Chart.AppVersion`. */
  readonly files: Readonly<Record<string, string>>;
  /** The release that renders these objects; undefined where they hold nothing of it. */
  readonly releaseOf: (objects: readonly LiveObject[]) => ChartRelease | undefined;
  /** Whether the chart renders an object; Git holds the others itself. */
  readonly renders: (object: LiveObject) => boolean;
}

/** An image that the engine's automation is to keep at its newest tag. */
export interface FollowedImage {
  /**
   * What stands for it in the objects, with its first tag: `registry.example/shop/web:1.0.0`. In the lab it is an image of the
   * lab's registry, at the newest tag that may be taken.
   */
  readonly image: string;
  /** Which tags may be taken (https://github.com/Masterminds/semver#checking-version-constraints): `1.x`. */
  readonly range: string;
  /** The key of the chart's values that names it, where the application is a chart. */
  readonly valuesKey?: string;
}

/** The application that a scenario keeps in Git. */
export interface Application {
  readonly name: string;
  readonly namespace: string;
  /** The folder of the state store that holds its manifests. */
  readonly path: string;
  /** The cluster's own name in the state store, where several follow it. */
  readonly cluster?: string;
  /** Its objects at a release; each release differs from the one before, so that its commit changes content. */
  readonly objectsAt: (release: number) => readonly LiveObject[];
  /** How Git holds such objects, where it is not one file for each: contents by path. */
  readonly filesOf?: (objects: readonly LiveObject[], reader: FilesFor) => Readonly<Record<string, string>>;
  /** Git asks for the release of a chart, which renders the objects; the scenario needs `helm` and a registry. */
  readonly chart?: Chart;
  /** The scenario needs `images` and a registry. */
  readonly followedImage?: FollowedImage;
}

/** One of several clusters that follow one repository, each a folder of its own. */
export interface Environment {
  readonly name: string;
  /** What Git holds for this cluster; its objects have the same names in all. */
  readonly application: Application;
}

/** Requests that clients outside of the cluster send to the application, from before each disturbance until its iteration ends. */
export interface ClientLoad {
  /** Of a NodePort Service of the application; it answers at the address of each node. */
  readonly nodePort: number;
  readonly path: string;
  /** How many are sent each second, whatever becomes of those before. */
  readonly perSecond: number;
  /** What is not answered by then has failed, in milliseconds. */
  readonly timeoutMs: number;
}

/** One experiment: what is set up, what is done to it, and the question that the times answer. */
export interface Scenario<Kind extends Disturbance = Disturbance> {
  readonly name: string;
  /** What it does, in one sentence without a stop, for lists. */
  readonly summary: string;
  readonly question: string;
  readonly application: Application;
  /** Who is to recover, one after the other or each alone; every GitOps engine unless it is said. */
  readonly engines?: readonly EngineName[];
  /** The clusters, where there are several; `application` is that of the first then. */
  readonly environments?: readonly Environment[];
  /** Each of the clusters has a repository of its own, and none knows of another. */
  readonly hasOwnRepositories?: true;
  /** What the engines must be able to do besides keeping plain manifests. */
  readonly needs?: readonly EngineFeature[];
  readonly disturbances: readonly Kind[];
  readonly figures?: readonly Figure[];
  /** Where the question asks how one disturbance differs from another within each engine; the answer then begins with that. */
  readonly contrasts?: readonly Contrast[];
  /** What an engine may leave behind when Git no longer has it: it is removed by hand before the next iteration. */
  readonly leaves?: readonly ObjectReference[];
  /** What serves Git; the lab's plain server unless it is said. A scenario with reviewed changes needs one with pull requests. */
  readonly forge?: ForgeName;
  /** The lab has a registry for images and charts. */
  readonly registry?: true;
  /** The lab has an operator, whose pods the application brings, and the attempts of the engine are followed part by part. */
  readonly operator?: true;
  /** Containers have to run: it can't be made where pods are simulated. */
  readonly needsPods?: true;
  /** Its figures tell what became of them; it needs pods. */
  readonly requests?: ClientLoad;
  /** The name of the profile that suits it, where none is chosen. */
  readonly profile?: string;
  /** How many nodes it takes at least, the one of the control plane included; one unless it is said. */
  readonly leastNodes?: number;
  /** How long its recoveries have to be watched at least, in milliseconds, where the command line does not say. */
  readonly leastTimeoutMs?: number;
  /** How many measured iterations of each disturbance suit it, where neither the command line nor a profile says. */
  readonly iterations?: number;
}
