import type { LiveObject } from '../../kube/objects.ts';
import type { ComponentSpec } from '../../process/component.ts';
import type { StartedEngine } from '../engine.ts';

/** The parts of Argo CD that run. */
export interface ArgocdParts {
  /** How the part that compares and syncs runs, and the Image Updater where there is one. */
  readonly controller: ComponentSpec;
  readonly updater: ComponentSpec | undefined;
  /** Where pushes are taken; undefined where nobody asked for that. */
  readonly pushUrl: string | undefined;
}

/** The parts of an installation, wherever they run. */
export interface ArgocdPrograms {
  /** The install manifests as they are to be applied. */
  readonly manifests: (objects: readonly LiveObject[]) => Promise<readonly LiveObject[]>;
  /** Brings the parts up once the manifests are applied. Throws an explained error, or the signal's reason. */
  readonly start: () => Promise<ArgocdParts>;
  readonly crash: StartedEngine['crash'];
}
