import type { FigureName, Results } from '../../reports/record/schema.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import type { Profile } from '../profiles/profile.ts';
import type { RunRequest } from '../runner/run-request.ts';

/** How many applications the lost cluster kept, and what of it is lost. */
export interface Condition {
  readonly name: string;
  readonly applications: number;
  /** All of it, unless it is said; with it, only where it is named, and in labs whose workers outlive their controller. */
  readonly loses?: 'controller';
}

/** A run that was asked for; everything in it has been checked. */
export interface WipeRequest extends Omit<RunRequest, 'scenario' | 'disturbances' | 'resumes'> {
  readonly conditions: readonly Condition[];
}

export const wipeName = 'cluster-wipe';
export const wipeQuestion =
  'When a cluster dies with its etcd data, how fast does one bootstrap command bring all of it back from Git?';

export const conditions: readonly Condition[] = [
  ...[1, 10, 50].map((applications) => ({ name: `apps-${applications}`, applications })),
  { name: 'controller-apps-10', applications: 10, loses: 'controller' },
];

/** The controller, and a worker that outlives it. */
export const leastNodesOfController = 2;

/** What happens under a condition, in one sentence without a stop. */
export function sentenceOf({ applications, loses }: Condition): string {
  const kept = applications === 1 ? '1 application' : `${applications} applications`;
  if (loses === 'controller')
    return `the controller is destroyed with its etcd data, with ${kept} in Git, it is made anew, and the workers join it`;
  return `the cluster and its etcd data are lost, with ${kept} in Git, and it is built anew`;
}

/** Of each condition, unless the user says otherwise: there are six labs, and each is built twice with it. */
export const defaultIterations = 1;

/** After which a rebuild is given up, unless the user says otherwise. */
export const defaultTimeoutMs = 300_000;

const [matched] = builtInProfiles;

/**
 * The default profile, with intervals at which the comparisons of 50 applications leave two cores room to rebuild. A new
 * cluster begins to sync at once, whatever the intervals are.
 */
export const wipeProfile: Profile = {
  ...matched,
  name: 'matched, intervals of 10s',
  flux: { ...matched.flux, sourceInterval: '10s', applyInterval: '10s' },
  argocd: { ...matched.argocd, reconciliationTimeout: '10s' },
};

/** What is measured besides the four times. */
export const figures: readonly FigureName[] = [
  { name: 'timeToApiServerMs', title: 'Until the API server answers', unit: 'ms' },
  { name: 'timeToControlPlaneMs', title: 'Until the control plane is back', unit: 'ms' },
  { name: 'timeToEngineMs', title: 'Until the engine is ready', unit: 'ms' },
  { name: 'timeToFirstApplicationMs', title: 'Until the first application is ready', unit: 'ms' },
  { name: 'objectsCompared', title: 'Objects compared', unit: 'count' },
  { name: 'objectsDiffering', title: 'Objects that differ', unit: 'count' },
  { name: 'heldUpMs', title: 'The harness was held up at the most for', unit: 'ms' },
];

/** The scenario as results.json has it. */
export function scenarioRecord(chosen: readonly Condition[]): Results['scenario'] {
  return {
    name: wipeName,
    question: wipeQuestion,
    disturbances: chosen.map((one) => ({
      name: one.name,
      kind: 'fault',
      sentence: sentenceOf(one),
      outcome: 'restored',
    })),
    figures: [...figures],
  };
}
