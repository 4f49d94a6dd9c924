import type { EngineFeature } from '../lab/engines/feature.ts';
import type { LiveObject } from '../lab/kube/objects.ts';
import type { KubeAccess } from '../lab/kube/kube-access.ts';

/** An object of the application, as reports name it: `Deployment/web`. */
export type ObjectName = `${string}/${string}`;

/** What every disturbance has: what is to happen, and what has to be well afterwards. */
interface CommonDisturbance {
  readonly name: string;
  /** What happens, in one sentence without a stop. */
  readonly sentence: string;
  /** What a person would type to do the same. */
  readonly command: string;
  /** What must be as Git has it before the disturbance counts as restored. */
  readonly restores: readonly ObjectName[];
  /** What must do its work again before it counts as ready. */
  readonly readies: readonly ObjectName[];
  /** How long an engine is known to take where its intervals don't tell, in milliseconds; for the plan of a run alone. */
  readonly knownToTakeMs?: Readonly<Record<string, number>>;
}

/** The cluster is changed, and Git is not. */
export interface Drift extends CommonDisturbance {
  readonly kind: 'drift';
  /** The object whose change, as the API server tells it, is the zero of time. */
  readonly target: ObjectName;
  /** `removed`: what comes back must be a new object; `changed`: the object must be as Git has it again. */
  readonly effect: 'removed' | 'changed';
  readonly act: (access: KubeAccess) => Promise<void>;
}

/** A commit that breaks something. */
export interface Mistake {
  readonly message: string;
  readonly change: Change['change'];
  /** What does not become ready by it. */
  readonly breaks: readonly ObjectName[];
}

/** Git is changed; the zero of time is when the push was taken. */
export interface Change extends CommonDisturbance {
  readonly kind: 'change';
  /** The commit's message. */
  readonly message: string;
  /** What Git has afterwards, of what it had. */
  readonly change: (objects: readonly LiveObject[]) => readonly LiveObject[];
  /** What must be gone before the change counts as applied. */
  readonly removes: readonly ObjectName[];
  /** What is committed before, and has to be in the cluster when the change is made. */
  readonly after?: Mistake;
}

/** What is to happen. */
export type Disturbance = Drift | Change;

/** The application that a scenario keeps in Git. */
export interface Application {
  readonly name: string;
  readonly namespace: string;
  /** The folder of the state store that holds its manifests. */
  readonly path: string;
  /** Its objects at a release; each release differs from the one before, so that its commit changes content. */
  readonly objectsAt: (release: number) => readonly LiveObject[];
}

/** One experiment: what is set up, what is done to it, and the question that the times answer. */
export interface Scenario<Kind extends Disturbance = Disturbance> {
  readonly name: string;
  /** What it does, in one sentence without a stop, for lists. */
  readonly summary: string;
  readonly question: string;
  readonly application: Application;
  /** What the engines must be able to do besides keeping plain manifests. */
  readonly needs?: readonly EngineFeature[];
  readonly disturbances: readonly Kind[];
}
