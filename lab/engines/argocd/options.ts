/** How Argo CD is set up; durations as Argo CD writes them. */
export interface ArgocdOptions {
  /** `timeout.reconciliation` of argocd-cm: how often Git is looked at. */
  readonly reconciliationTimeout: string;
  /** `timeout.reconciliation.jitter` of argocd-cm. */
  readonly reconciliationJitter: string;
  /** Whether the Application is put back when the cluster drifts. */
  readonly selfHeal: boolean;
  readonly prune: boolean;
  /** `--interval` of the Image Updater: how often it reads the tags of an image. */
  readonly imageInterval: string;
  /** `syncPolicy.retry` of the Application; Argo CD's own where it is left out (5 times, 5 s doubling up to 3 min). */
  readonly retry?: ArgocdRetry | undefined;
}

/** How a failed sync is tried again; `limit` -1 is without end. */
interface ArgocdRetry {
  readonly limit: number;
  readonly duration: string;
  readonly factor: number;
  readonly maxDuration: string;
}
