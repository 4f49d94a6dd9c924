import type { FigureName, Results } from '../../reports/record/schema.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import type { Profile } from '../profiles/profile.ts';
import type { RunRequest } from '../runner/run-request.ts';

/** What is lost of a cluster that is not lost as a whole: its controller, where workers outlive that, or all objects of the lab, where the cluster is not the lab's. */
export type Part = 'controller' | 'objects';

/** How many applications the lost cluster kept, and what of it is lost. */
export interface Condition {
  readonly name: string;
  readonly applications: number;
  /** All of the cluster, unless it is said. */
  readonly loses?: Part;
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
  { name: 'objects-apps-10', applications: 10, loses: 'objects' },
];

/** What an engine can do that holds under a condition. */
function featureOf({ applications, loses }: Condition): string {
  const lost = loses === 'objects' ? 'all objects of a lab' : `a lost ${loses ?? 'cluster'}`;
  return `brings back ${lost} with ${countWords(applications)} from Git, by one bootstrap`;
}

/** What is gone at the zero of time. */
export const goneWords = {
  cluster: 'the cluster and its etcd data are gone',
  controller: 'the controller and its etcd data are gone',
  objects: 'all that the lab made in the cluster is gone',
} as const satisfies Record<Part | 'cluster', string>;

/** The controller, and a worker that outlives it. */
export const leastNodesOfController = 2;

/** A number of applications in words. */
export function countWords(applications: number): string {
  return applications === 1 ? '1 application' : `${applications} applications`;
}

/** What happens under a condition, in one sentence without a stop. */
export function sentenceOf({ applications, loses }: Condition): string {
  const kept = countWords(applications);
  if (loses === 'controller')
    return `the controller is destroyed with its etcd data, with ${kept} in Git, it is made anew, and the workers join it`;
  if (loses === 'objects')
    return `all that the lab made in the cluster is removed, the engine with it, with ${kept} in Git, and is made anew; the cluster stays`;
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
      feature: featureOf(one),
    })),
    figures: [...figures],
  };
}
