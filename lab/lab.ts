import type { KubeAccess } from './kube/kube-access.ts';
import type { ComponentSpec, StartedComponent } from './process/component.ts';

/** What a report must say about a lab: what in it was real. */
export interface Fidelity {
  readonly provider: string;
  readonly podsAreSimulated: boolean;
  /** How long a simulated pod takes from being scheduled to being ready. */
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

/** A component that has ended though nobody asked it to. */
export interface BrokenComponent {
  readonly component: StartedComponent;
  /** A few words. */
  readonly how: string;
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
  /** Everything that runs for this lab, the engine's controllers included. */
  readonly components: () => readonly StartedComponent[];
  /** Starts a component beside the control plane; it is stopped with the lab. */
  readonly run: (component: ComponentSpec) => Promise<StartedComponent>;
  /** Kills a component that was started beside the control plane, as a crash does, and starts it again at once, as a kubelet does. */
  readonly crash: (component: string) => Promise<void>;
  /** Settles with the first component that ends by itself, and how; never where none does. */
  readonly broken: Promise<BrokenComponent>;
  /** Writes a kubeconfig for a user of the cluster into the lab's directory; the file's path. */
  readonly writeKubeconfig: (fileName: string, user: ClusterUser) => Promise<string>;
  /** Ends all that runs. A second call does nothing. */
  readonly stop: () => Promise<void>;
}
