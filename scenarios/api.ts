/**
 * All that a scenario is written with: the built-in ones, and those of users, who import it as `gitops-lab`
 * (docs/scenarios/your-own.md).
 */
export type { LiveObject, ObjectReference } from '../lab/kube/objects.ts';
export { application } from './applications/application.ts';
export { commitAll } from './disturbances/by-cold-start.ts';
export {
  commitBrokenManifest,
  commitGoodRelease,
  commitNeverReady,
  commitRemoval,
  commitReplicas,
  commitValue,
  promoteRelease,
  revertRelease,
} from './disturbances/by-commit.ts';
export { crashAtWork, deletePods, gitOutage } from './disturbances/by-fault.ts';
export { editImage, editVariable, remove, scale } from './disturbances/by-hand.ts';
export { loseController, losePower, rebuildWorker } from './disturbances/by-machine.ts';
export { receiverOutage, toldOf } from './disturbances/by-notice.ts';
export { bumpChart, changeValues, failUpgrade, installChart, leftAlone } from './disturbances/by-release.ts';
export { pushNewTag, pushOtherTags } from './disturbances/by-tag.ts';
export { failedAttempts, waitedToRetry } from './figures/attempts.ts';
export { automationCommits, timeToCommit, timeToTagSeen } from './figures/automation.ts';
export { decisions, steps, timeAtHumanPace } from './figures/by-hand.ts';
export { failureTold } from './figures/failure.ts';
export { apiAway, nodeBack, nodeMissed } from './figures/machines.ts';
export { changesElsewhere } from './figures/neighbours.ts';
export {
  noticeAfterReturn,
  noticeAfterStatus,
  noticesDelivered,
  noticesGivenUp,
  noticesLost,
  noticesRepeated,
  noticesSent,
  noticesWrong,
  timeToNotice,
} from './figures/notifications.ts';
export {
  errorShare,
  longestRequestGap,
  requestGaps,
  requestP95,
  requestsFailed,
  requestsSent,
} from './figures/requests.ts';
export { longestWait, refusedConnections } from './figures/retries.ts';
export { approvals, refusedMerges, refusedPushes } from './figures/reviews.ts';
export { correctedDuringFault, faultLasted, timeUnserved } from './figures/windows.ts';
export type {
  Application,
  Change,
  Chart,
  ChartRelease,
  ClientLoad,
  Disturbance,
  Drift,
  Environment,
  Fault,
  FaultHands,
  FilesFor,
  Figure,
  FollowedImage,
  Mistake,
  ObjectName,
  OwedNotice,
  Publication,
  Scenario,
} from './scenario.ts';
