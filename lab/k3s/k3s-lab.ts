import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { findContainerEngine, type ContainerEngine } from '../containers/container-engine.ts';
import { directTestcontainers } from '../containers/engine-socket.ts';
import { networkName, openNetwork } from '../containers/network.ts';
import { nodeContainers } from '../containers/node-containers.ts';
import { ownContainer } from '../containers/own-container.ts';
import { imageShelf } from '../pods/image-shelf.ts';
import { startTimeoutMs } from '../pods/nodes-ready.ts';
import { startPodLab, type ClusterMaker } from '../pods/pod-lab.ts';
import type { LabProvider, LabSpec, PreparedLabs } from '../provider.ts';
import { provideK3sImage } from './image.ts';
import { apiPort, LabContainer } from './k3s-container.ts';
import { kubeconfigAt } from './kubeconfig.ts';
import { k3sImages } from './node-images.ts';

interface Place {
  readonly engine: ContainerEngine;
  readonly image: string;
}

/** Why k3s did not come up, and where to look. */
function explainStart(error: unknown, image: string, logFile: string): ExplainedError {
  return new ExplainedError({
    what: `k3s did not come up in a container of ${image}`,
    why: messageOf(error),
    next: `see ${logFile}; docs/labs/k3s.md says what it needs`,
    cause: error,
  });
}

/** The cluster of a lab: one container, which is its only node. */
export function k3sCluster({ engine, image }: Place, { home, logDirectory, signal }: LabSpec): ClusterMaker {
  const { name: hostname } = home;
  const name = `${hostname}-k3s`;
  const logFile = path.join(logDirectory, 'k3s.log');
  const { cgroupVersion } = engine;
  const network = networkName;
  const container = new LabContainer({ image, hostname, network, cgroupVersion, startTimeoutMs, signal });
  const { start, remove } = ownContainer({ engine, home, name, logFile, container });
  return {
    provider: 'k3s',
    make: async () => {
      const started = await start(signal).catch((error: unknown) => {
        signal.throwIfAborted();
        throw explainStart(error, image, logFile);
      });
      const kubeconfigFile = path.join(home.directory, 'kubeconfig');
      const text = kubeconfigAt(started.getKubeConfig(), started.getMappedPort(apiPort));
      await writeFile(kubeconfigFile, text, { mode: 0o600 });
      const containers = nodeContainers(engine, [name]);
      return {
        kubeconfigFile,
        images: imageShelf(engine, k3sImages(engine, started)),
        untilBroken: containers.untilOneEnds,
        cutPower: containers.kill,
      };
    },
    remove,
  };
}

/** Looks for a container engine, a network of our own and the image, which is pulled where it is not there. Throws an explained error, or the signal's reason. */
export async function prepareK3s({
  environment,
  signal,
}: Parameters<LabProvider['prepare']>[0]): Promise<PreparedLabs> {
  const engine = await findContainerEngine(environment);
  const image = await provideK3sImage(engine, environment, signal);
  await directTestcontainers(engine, signal);
  const address = await openNetwork(engine, signal);
  return { host: { address }, start: async (spec) => startPodLab(k3sCluster({ engine, image }, spec), spec) };
}
