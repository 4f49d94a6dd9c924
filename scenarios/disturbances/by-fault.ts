import type { Drift, Fault, ObjectName } from '../scenario.ts';

/** What is to be well after a fault. */
export interface After {
  readonly restores: readonly ObjectName[];
  readonly readies: readonly ObjectName[];
}

interface Outage {
  readonly longestMs: number;
  /** What someone changes meanwhile. */
  readonly drift: Drift;
}

/** Git can't be reached for a while. Meanwhile someone changes the cluster, and a release is committed. */
export function gitOutage(
  name: string,
  { longestMs, drift, ...after }: After & Pick<Fault, 'onlyWhenNamed'> & Outage,
): Fault {
  // The mean of the two waits below; the engine's own time comes on top, as in any iteration.
  const meanMs = longestMs * 0.75;
  const length = longestMs < 120_000 ? `${longestMs / 1000} s` : `${longestMs / 60_000} min`;
  return {
    ...after,
    name,
    knownToTakeMs: { flux: meanMs, argocd: meanMs },
    kind: 'fault',
    hitsEngine: true,
    feature: `goes on after Git was away for up to ${length}`,
    sentence: `Git can not be reached for up to ${length}, in which ${drift.sentence} and a release is committed`,
    command: `stop the Git server; ${drift.command}; git commit; start the Git server`,
    act: async ({ takeGitAway, waitAtRandom, drift: drifted, commitRelease, giveGitBack, begin }) => {
      await takeGitAway();
      await waitAtRandom(longestMs / 4);
      await drifted(drift);
      // The backoff of an engine has steps: an outage that always ended at the same one would measure that step alone.
      await waitAtRandom(longestMs * 0.75, 2 / 3);
      await commitRelease();
      await giveGitBack();
      begin('Git can be reached again');
    },
  };
}

/** Within this time both engines are at work on a release that replaces all pods, or wait for these to be ready. */
const longestSyncMs = 1000;

/** A process of the engine crashes while it works on a new release, and is started again at once. */
export function crashAtWork(name: string, worker: 'applies' | 'reads', after: After): Fault {
  const role = worker === 'applies' ? 'applies to the cluster' : 'reads Git';
  return {
    ...after,
    name,
    kind: 'fault',
    hitsEngine: true,
    feature: `goes on after the process that ${role} was killed at work`,
    sentence: `the process of the engine that ${role} is killed while the engine works on a new release`,
    command: 'git commit && git push; kill -9 PROCESS',
    act: async ({ commitRelease, untilAtWork, waitAtRandom, crash, begin }) => {
      await commitRelease();
      await untilAtWork();
      await waitAtRandom(longestSyncMs);
      await crash(worker);
      begin('the engine was killed at work, and started again');
    },
  };
}

/** Someone deletes all pods of the application at once. Whoever owns them makes new ones; no engine has anything to do. */
export function deletePods(name: string, namespace: string, after: After): Fault {
  return {
    ...after,
    name,
    kind: 'fault',
    sentence: `someone deletes all pods in the Namespace ${namespace}`,
    command: `kubectl -n ${namespace} delete pods --all`,
    act: async ({ deletePods: deleteAll, begin }) => {
      begin('all pods are about to be deleted');
      await deleteAll();
    },
  };
}
