/**
 * All that a scenario is written with: the built-in ones, and those of users, who import it as `gitops-lab`
 * (docs/scenarios/your-own.md).
 */
export type { LiveObject, ObjectReference } from '../lab/kube/objects.ts';
export { application } from './applications/application.ts';
export { commitRemoval, revertRelease } from './disturbances/by-commit.ts';
export { editImage, editVariable, remove, scale } from './disturbances/by-hand.ts';
export type { Application, Change, Disturbance, Drift, Mistake, ObjectName, Scenario } from './scenario.ts';
