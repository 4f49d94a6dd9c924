import { setMaxListeners } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startClock } from '../../common/clock.ts';
import { waitUntil } from '../../common/wait.ts';
import { findContainerEngine, type ContainerEngine } from '../containers/container-engine.ts';
import { recordLeftover } from '../home/leftovers.ts';
import { imageShelf } from '../images/image-shelf.ts';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import { conditionStatus, listAt, type LiveObject } from '../kube/objects.ts';
import type { BrokenComponent, Lab } from '../lab.ts';
import { followPodLogs } from '../pods/pod-logs.ts';
import { usageOfPods } from '../pods/pod-usage.ts';
import { openComponentSet } from '../process/component-set.ts';
import type { LabProvider, LabSpec, PreparedLabs } from '../provider.ts';
import { fileOf } from '../toolchain/file-of.ts';
import { platformOf } from '../toolchain/platform.ts';
import { clusterConfig } from './cluster-config.ts';
import { kindProgram, type KindProgram } from './kind-program.ts';
import { openNetwork } from './network.ts';
import { chooseNodeImage } from '../containers/node-image.ts';

/** A node on an idle machine is Ready after 25 s; this leaves room for a busy one. */
const startTimeoutMs = 300_000;

/** A host's name ends here, and kind adds `-control-plane` (https://github.com/kubernetes-sigs/kind/blob/main/pkg/cluster/internal/create/create.go). */
const maxNameLength = 63 - '-control-plane'.length;

/** What the cluster of a lab is called; the end of a lab's name is what tells it from the others. */
export function clusterName(labName: string): string {
  return labName.slice(-maxNameLength).replace(/^[^a-z0-9]+/, '');
}

interface Place {
  readonly engine: ContainerEngine;
  readonly program: string;
  readonly nodeImage: string | undefined;
}

async function untilNodesReady(access: KubeAccess, nodes: number, signal: AbortSignal): Promise<void> {
  await waitUntil(
    async () => {
      const found = listAt(await access.get('/api/v1/nodes'), 'items') as LiveObject[];
      const ready = found.filter((node) => conditionStatus(node, 'Ready') === 'True');
      return ready.length === nodes ? true : undefined;
    },
    { goal: `${nodes} nodes to be Ready`, timeoutMs: startTimeoutMs, signal, everyMs: 200 },
  );
}

/** Settles when a node ends that nobody has ended. */
async function watchNodes(
  { engine }: Place,
  names: readonly string[],
  ending: AbortSignal,
): Promise<BrokenComponent> {
  return new Promise((resolve) => {
    for (const name of names) {
      const wait = engine.run(['wait', name], ending);
      wait
        .then((exitCode) => {
          if (!ending.aborted) resolve({ name, how: `the node ended with exit code ${exitCode.trim()}` });
        })
        .catch(() => undefined);
    }
  });
}

async function namesOfNodes({ engine }: Place, cluster: string): Promise<string[]> {
  const filter = `label=io.x-k8s.kind.cluster=${cluster}`;
  const names = await engine.run(['ps', '--all', '--filter', filter, '--format', '{{.Names}}']);
  return names.split('\n').filter((name) => name !== '');
}

/** Makes the cluster; its kubeconfig is in the lab's directory and nowhere else. */
async function createCluster(place: Place, spec: LabSpec, kind: KindProgram): Promise<string> {
  const { home, nodes, signal } = spec;
  const cluster = clusterName(home.name);
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  const configFile = path.join(home.directory, 'kind.yaml');
  const { cgroupVersion } = place.engine;
  await writeFile(configFile, clusterConfig({ nodes, image: place.nodeImage, cgroupVersion }));
  recordLeftover(home, {
    what: `the kind cluster ${cluster}`,
    program: kind.program,
    args: ['delete', 'cluster', '--name', cluster, '--kubeconfig', kubeconfigFile],
    environment: kind.environment,
  });
  const where = ['--name', cluster, '--kubeconfig', kubeconfigFile, '--config', configFile];
  await kind.run(['create', 'cluster', ...where], signal);
  return kubeconfigFile;
}

async function startKindLab(place: Place, spec: LabSpec): Promise<Lab> {
  const { home, logDirectory, nodes, signal, onAnswering } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const kind = kindProgram(place.program, place.engine, logDirectory);
  const cluster = clusterName(home.name);
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  const ending = new AbortController();
  // Every followed log listens to it.
  setMaxListeners(0, ending.signal);
  const components = openComponentSet({ logDirectory, ledgerFile: home.ledgerFile });
  let access: KubeAccess | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    ending.abort();
    access?.close();
    await components.stop();
    await kind.run(['delete', 'cluster', '--name', cluster, '--kubeconfig', kubeconfigFile]);
  };
  const stop = async (): Promise<void> => (stopped ??= stopAll());
  try {
    await createCluster(place, spec, kind);
    const opened = openCluster(await readFile(kubeconfigFile, 'utf8'));
    access = opened;
    onAnswering?.(opened);
    await untilNodesReady(opened, nodes, signal);
    const names = await namesOfNodes(place, cluster);
    const shelf = imageShelf({
      engine: place.engine,
      loader: {
        loadNamed: async (names, until) =>
          kind.run(['load', 'docker-image', ...names, '--name', cluster], until),
        loadArchive: async (file, until) =>
          kind.run(['load', 'image-archive', file, '--name', cluster], until),
      },
      arch: platformOf('linux', os.arch()).arch,
    });
    return {
      name: home.name,
      directory: home.directory,
      logDirectory,
      fidelity: { provider: 'kind', podsAreSimulated: false, podStartMs: 0, nodes },
      kubeconfigFile,
      access: opened,
      runtime: {
        kind: 'pods',
        provideImages: shelf.provide,
        standIns: shelf.made,
        followLogs: (namespace) => {
          const clock = startClock();
          followPodLogs({ access: opened, namespace, logDirectory, clock, signal: ending.signal });
        },
      },
      components: components.all,
      usage: async () => [...(await components.usage()), ...(await usageOfPods(opened))],
      run: components.run,
      broken: Promise.race([components.broken, watchNodes(place, names, ending.signal)]),
      lose: async () => {
        ending.abort();
        await place.engine.run(['kill', ...names]);
        await stop();
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Looks for a container engine, a network of our own and an image for the nodes. Throws an explained error. */
export async function prepareKind({
  tools,
  environment,
  signal,
}: Parameters<LabProvider['prepare']>[0]): Promise<PreparedLabs> {
  const engine = await findContainerEngine(environment);
  const address = await openNetwork(engine, signal);
  const nodeImage = await chooseNodeImage(engine, environment, signal);
  const place = { engine, program: fileOf(tools, 'kind', 'kind'), nodeImage };
  return { host: { address }, start: async (spec) => startKindLab(place, spec) };
}
