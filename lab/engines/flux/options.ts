/** How Flux is set up; durations as Flux writes them. */
export interface FluxOptions {
  /** How often the GitRepository is looked at. */
  readonly sourceInterval: string;
  /** How often the Kustomization of the application is applied without a new revision. */
  readonly applyInterval: string;
  /** After a failure; Flux itself takes the interval. */
  readonly retryInterval: string;
  /** How long one reconciliation may wait for health. */
  readonly timeout: string;
  /** Whether the Kustomization is Ready only when all that it applied is healthy. */
  readonly wait: boolean;
  readonly prune: boolean;
  /** How often the tags of an image are read, and how often the automation looks whether there is something to be written. */
  readonly imageInterval: string;
}
