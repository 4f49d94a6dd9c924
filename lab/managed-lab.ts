import { unwindAfter } from '../common/unwind.ts';
import type { StoreAccess } from './engines/engine.ts';
import type { Forge } from './forge/forge.ts';
import { startManagedCluster, type ClusterSpec, type ManagedCluster } from './managed-cluster.ts';
import { startForge, type ForgeSpec } from './managed-forge.ts';
import { startNoticeReceiver, type NoticeReceiver } from './notifications/receiver.ts';

/** A lab with its state store and, where one is chosen, an engine that follows it. */
type ManagedLabSpec = Omit<ForgeSpec & ClusterSpec, 'logDirectory' | 'noticeUrl' | 'host'> & {
  /** Where the components' logs go; the home's own directory where it is left out. */
  readonly logDirectory?: string;
  /** The server of a state store that another lab has, and stops; a store of this lab's own where it is left out. */
  readonly sharedForge?: Forge | undefined;
};

/** A managed lab that runs. */
export interface ManagedLab extends ManagedCluster {
  /** The state store, where it is served, and what lets a client in. */
  readonly state: StoreAccess;
  readonly forge: Forge;
  /** What the engine notifies; undefined unless the feature `notifications` was asked for. */
  readonly noticeReceiver: NoticeReceiver | undefined;
}

interface Unwinding {
  readonly add: (stop: () => Promise<void>) => void;
  readonly unwind: () => Promise<void>;
}

/** Stops what was started, the latest first; one that fails keeps none of the others from being stopped. */
function unwinding(): Unwinding {
  const started: (() => Promise<void>)[] = [];
  let unwound: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const stop of started.reverse()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return { add: (stop) => started.push(stop), unwind: async () => (unwound ??= stopAll()) };
}

/**
 * Starts the state store and its server, the cluster, and the engine, which has applied the store once when this returns.
 * What was started is stopped again where a part fails. Throws an explained error, or the signal's reason.
 */
export async function startManagedLab(given: ManagedLabSpec): Promise<ManagedLab> {
  const { host } = given.labs;
  const spec = { ...given, host, logDirectory: given.logDirectory ?? given.home.logDirectory };
  const { add, unwind } = unwinding();
  try {
    const forge = spec.sharedForge ?? (await startForge(spec));
    if (spec.sharedForge === undefined) add(forge.stop);
    const isNotified = spec.features?.includes('notifications') === true;
    const noticeReceiver = isNotified ? await startNoticeReceiver(host.address) : undefined;
    if (noticeReceiver !== undefined) add(noticeReceiver.stop);
    const notified = noticeReceiver === undefined ? {} : { noticeUrl: noticeReceiver.url };
    const cluster = await startManagedCluster({ ...spec, ...notified }, forge.state);
    add(cluster.stop);
    await forge.protect();
    return {
      ...cluster,
      state: forge.state,
      forge,
      noticeReceiver,
      stop: unwind,
      [Symbol.asyncDispose]: unwind,
    };
  } catch (error) {
    return unwindAfter(error, unwind);
  }
}
