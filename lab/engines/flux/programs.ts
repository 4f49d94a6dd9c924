import type { StartedEngine } from '../engine.ts';
import type { ComponentSpec } from '../../process/component.ts';

/** The controllers of an installation, wherever they run. */
export interface FluxPrograms {
  /** Brings them up while the bootstrap makes their Deployments; how each one runs. Throws an explained error, or the signal's reason. */
  readonly start: (signal: AbortSignal) => Promise<readonly ComponentSpec[]>;
  readonly crash: StartedEngine['crash'];
  /** Where the notification-controller takes pushes, host and port, once the bootstrap has come to its end. */
  readonly openPushAddress: () => Promise<string>;
}
