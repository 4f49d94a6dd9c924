/** What a user says of a cluster that is there. */
export interface ExistingOptions {
  /** The names of contexts of a kubeconfig, a lab for each. */
  readonly context?: readonly string[] | undefined;
  /** The same names again, where the user has agreed beforehand. */
  readonly consent?: readonly string[] | undefined;
  /** Asks the user at a terminal; left out where there is none. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** The address of this machine that the cluster reaches. */
  readonly hostAddress?: string | undefined;
  /** Where engines run; in the cluster, unless its pods are simulated. */
  readonly engineOn?: 'cluster' | 'host' | undefined;
  /** Whether what is there of an engine is used, and left at the end. */
  readonly adopt?: boolean | undefined;
  /** A command that brings an archive of images into the nodes, or one for each context. */
  readonly loadImages?: readonly string[] | undefined;
  /** Whether the images of engines are made here, too. */
  readonly standIns?: boolean | undefined;
}
