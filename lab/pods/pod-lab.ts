import { unwindAfter } from '../../common/unwind.ts';
import { setMaxListeners } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import type { BrokenComponent, Lab, LabMachines } from '../lab.ts';
import { openComponentSet } from '../process/component-set.ts';
import type { LabSpec } from '../provider.ts';
import type { ImageShelf } from './image-shelf.ts';
import { untilNodesReady } from './nodes-ready.ts';
import { podRuntime } from './pod-runtime.ts';
import { usageOfPods } from './pod-usage.ts';

/** A cluster that was made for one lab. */
export interface MadeCluster {
  /** In the lab's directory. */
  readonly kubeconfigFile: string;
  readonly images: ImageShelf;
  /** Settles when a part of the cluster ends before the signal. */
  readonly untilBroken: (ending: AbortSignal) => Promise<BrokenComponent>;
  /** Ends all of it at once, as a power cut does; what is left is removed afterwards. */
  readonly cutPower: () => Promise<void>;
  /** Left out where its nodes can't be lost one by one. */
  readonly machines?: LabMachines;
  /** Destroys the machine of the control plane; what the others need of the lab's directory. Left out where it can't. */
  readonly loseController?: () => Promise<readonly string[]>;
}

/** How the cluster of one lab comes and goes. */
export interface ClusterMaker {
  /** The name of the provider. */
  readonly provider: string;
  /** Makes the cluster. Throws an explained error, or the signal's reason. */
  readonly make: (signal: AbortSignal) => Promise<MadeCluster>;
  /** Removes it, as far as it was made. Throws an explained error. */
  readonly remove: () => Promise<void>;
}

/** Starts a lab of real nodes and pods: all nodes are Ready when this returns. What was made is removed where that fails. */
export async function startPodLab({ provider, make, remove }: ClusterMaker, spec: LabSpec): Promise<Lab> {
  const { home, logDirectory, nodes, signal, onAnswering } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const ending = new AbortController();
  // What waits for each node listens to it.
  setMaxListeners(0, ending.signal);
  const components = openComponentSet({ logDirectory, ledgerFile: home.ledgerFile });
  let access: KubeAccess | undefined;
  let stopped: Promise<void> | undefined;
  const endOwn = async (): Promise<void> => {
    ending.abort();
    access?.close();
    await components.stop();
  };
  const stopAll = async (): Promise<void> => {
    await endOwn();
    await remove();
  };
  const stop = async (): Promise<void> => (stopped ??= stopAll());
  try {
    const { kubeconfigFile, images, untilBroken, cutPower, machines, loseController } = await make(signal);
    const opened = openCluster(await readFile(kubeconfigFile, 'utf8'));
    access = opened;
    onAnswering?.(opened);
    const broken = untilBroken(ending.signal);
    const hopeless = broken.then(({ name, how }) => `${name}: ${how}`);
    await untilNodesReady(opened, nodes, { signal, hopeless });
    return {
      name: home.name,
      directory: home.directory,
      logDirectory,
      fidelity: { provider, podsAreSimulated: false, podStartMs: 0, nodes },
      kubeconfigFile,
      access: opened,
      runtime: podRuntime(images, { access: opened, logDirectory, ending: ending.signal }),
      components: components.all,
      usage: async () => [...(await components.usage()), ...(await usageOfPods(opened))],
      run: components.run,
      ...(machines === undefined ? {} : { machines }),
      ...(loseController === undefined
        ? {}
        : {
            loseController: async () => {
              // What is left is the next lab's to end.
              stopped ??= endOwn();
              await stopped;
              return loseController();
            },
          }),
      broken: Promise.race([components.broken, broken]),
      lose: async () => {
        ending.abort();
        await cutPower();
        await stop();
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    return unwindAfter(error, stop);
  }
}
