import type { NeededImage } from './images/image.ts';
import type { KubeAccess } from './kube/kube-access.ts';
import type { ComponentSpec, StartedComponent } from './process/component.ts';
import type { Usage } from './process/usage.ts';

/** What a report must say about a lab: what in it was real. */
export interface Fidelity {
  readonly provider: string;
  readonly podsAreSimulated: boolean;
  /** How long a simulated pod takes from being scheduled to being ready; 0 where pods are real. */
  readonly podStartMs: number;
  readonly nodes: number;
}

/** An identity in the lab's cluster, such as the ServiceAccount of a controller. */
export interface ClusterUser {
  readonly user: string;
  readonly groups: readonly string[];
  /** The namespace that its kubeconfig names. */
  readonly namespace: string;
}

/** A part of a lab that has ended though nobody asked it to. */
export interface BrokenComponent {
  readonly name: string;
  /** A few words. */
  readonly how: string;
  /** Undefined where it has none on this machine. */
  readonly logFile?: string;
}

/** What a part of a lab uses. */
export interface ComponentUsage extends Usage {
  readonly component: string;
}

/** Engines run as processes of this machine, with kubeconfigs in the place of service accounts' tokens. */
export interface ProcessRuntime {
  readonly kind: 'processes';
  /** Kills a component that was started beside the control plane, as a crash does, and starts it again at once, as a kubelet does. */
  readonly crash: (component: string) => Promise<void>;
  /** Writes a kubeconfig for a user of the cluster into the lab's directory; the file's path. */
  readonly writeKubeconfig: (fileName: string, user: ClusterUser) => Promise<string>;
}

/** Engines run in the cluster, as pods. */
export interface PodRuntime {
  readonly kind: 'pods';
  /** Makes images available to the nodes: the published ones where they can be had, and else ones that are made here. Throws an explained error. */
  readonly provideImages: (images: readonly NeededImage[], signal: AbortSignal) => Promise<void>;
  /** The names of the images so far that were made here in the place of published ones. */
  readonly standIns: () => readonly string[];
  /** Has the logs of a namespace's pods written to the lab's log directory, as `APP.log`, until the lab is stopped; with what they have written so far, or without. */
  readonly followLogs: (namespace: string, since?: 'start' | 'now') => void;
}

/** The machines that a lab's nodes are, each called as its node. */
export interface LabMachines {
  /** The one that runs the control plane. */
  readonly controller: string;
  readonly workers: readonly string[];
  /** Ends one at once, as a power cut does; what it has on disk stays. Throws an explained error. */
  readonly powerOff: (name: string) => Promise<void>;
  /** Starts one again; its node is Ready some time after this settles. Throws an explained error. */
  readonly powerOn: (name: string) => Promise<void>;
  /**
   * Destroys a worker and makes it anew, until it belongs to the cluster and its node is Ready. Left out where a lab
   * can't. Throws an explained error, or the signal's reason.
   */
  readonly rebuild?: (name: string) => Promise<void>;
}

/** A started cluster. */
export interface Lab extends AsyncDisposable {
  readonly name: string;
  /** Where the lab's own files lie; removed with it. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly fidelity: Fidelity;
  readonly kubeconfigFile: string;
  readonly access: KubeAccess;
  /** An engine that is somebody else's runs in it: it is used as it is, and none is installed. */
  readonly isEngineThere?: true;
  /** How the programs of an engine run. */
  readonly runtime: ProcessRuntime | PodRuntime;
  /** Every process of this machine that runs for the lab. */
  readonly components: () => readonly StartedComponent[];
  /** What each part uses, the engine's controllers included; without those that can't be asked just now. */
  readonly usage: () => Promise<readonly ComponentUsage[]>;
  /** Starts a component on this machine beside the control plane; it is stopped with the lab. */
  readonly run: (component: ComponentSpec) => Promise<StartedComponent>;
  /** Left out where they are not the lab's to lose. */
  readonly machines?: LabMachines;
  /** Settles with the first part that ends by itself, and how; never where none does. */
  readonly broken: Promise<BrokenComponent>;
  /** Loses the cluster as a power cut does: at once, and with all that ran in it. */
  readonly lose: () => Promise<void>;
  /**
   * Loses the machine of the control plane alone, with all that the cluster knew; its workers go on, and so does what runs on
   * them. The next lab that is started at this home takes the workers over. Gives the names of the files of the lab's directory
   * that belong to them. Left out where a lab can't; throws an explained error.
   */
  readonly loseController?: () => Promise<readonly string[]>;
  /** Ends all that runs. A second call does nothing. */
  readonly stop: () => Promise<void>;
}
