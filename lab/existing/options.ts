/** What a user says of a cluster that is there. */
export interface ExistingOptions {
  /** The name of the context of a kubeconfig. */
  readonly context?: string | undefined;
  /** The same name again, where the user has agreed beforehand. */
  readonly consent?: string | undefined;
  /** Asks the user at a terminal; left out where there is none. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** The address of this machine that the cluster reaches. */
  readonly hostAddress?: string | undefined;
  /** Where engines run; in the cluster, unless its pods are simulated. */
  readonly engineOn?: 'cluster' | 'host' | undefined;
  /** Whether definitions of an engine that have no objects are used, and left at the end. */
  readonly adopt?: boolean | undefined;
  /** A command that brings an archive of images into the nodes. */
  readonly loadImages?: string | undefined;
  /** Whether the images of engines are made here, too. */
  readonly standIns?: boolean | undefined;
}
