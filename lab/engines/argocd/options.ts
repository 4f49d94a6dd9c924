/** How Argo CD is set up; durations as Argo CD writes them. */
export interface ArgocdOptions {
  /** `timeout.reconciliation` of argocd-cm: how often Git is looked at. */
  readonly reconciliationTimeout: string;
  /** `timeout.reconciliation.jitter` of argocd-cm. */
  readonly reconciliationJitter: string;
  /** Whether the Application is put back when the cluster drifts. */
  readonly selfHeal: boolean;
  readonly prune: boolean;
}
