/**
 * All that a scenario is written with: the built-in ones, and those of users, who import it as `gitops-lab`
 * (docs/scenarios/your-own.md).
 */
export type { LiveObject, ObjectReference } from '../lab/kube/objects.ts';
export { application } from './applications/application.ts';
export {
  commitBrokenManifest,
  commitNeverReady,
  commitRemoval,
  commitReplicas,
  commitValue,
  promoteRelease,
  revertRelease,
} from './disturbances/by-commit.ts';
export { crashAtWork, gitOutage } from './disturbances/by-fault.ts';
export { editImage, editVariable, remove, scale } from './disturbances/by-hand.ts';
export { decisions, steps, timeAtHumanPace } from './figures/by-hand.ts';
export { changesElsewhere } from './figures/neighbours.ts';
export { approvals, refusedMerges, refusedPushes } from './figures/reviews.ts';
export { correctedDuringFault, faultLasted, timeUnserved } from './figures/windows.ts';
export type {
  Application,
  Change,
  Disturbance,
  Drift,
  Environment,
  Fault,
  FaultHands,
  Figure,
  Mistake,
  ObjectName,
  Scenario,
} from './scenario.ts';
