import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findContainerEngine, type ContainerEngine } from '../containers/container-engine.ts';
import { claimAddress, openNetwork } from '../containers/network.ts';
import { nodeContainers } from '../containers/node-containers.ts';
import { recordLeftover } from '../home/leftovers.ts';
import type { LabMachines } from '../lab.ts';
import { imageShelf, type NodeImages } from '../pods/image-shelf.ts';
import { startPodLab, type ClusterMaker } from '../pods/pod-lab.ts';
import type { LabProvider, LabSpec, PreparedLabs } from '../provider.ts';
import { fileOf } from '../toolchain/file-of.ts';
import { clusterConfig } from './cluster-config.ts';
import { kindProgram, type KindProgram } from './kind-program.ts';
import { chooseNodeImage, kindsOwnImage } from '../containers/node-image.ts';

/** A host's name ends here, and kind adds `-control-plane` (https://github.com/kubernetes-sigs/kind/blob/main/pkg/cluster/internal/create/create.go). */
const maxNameLength = 63 - '-control-plane'.length;

/** What the cluster of a lab is called; the end of a lab's name is what tells it from the others. */
export function clusterName(labName: string): string {
  return labName.slice(-maxNameLength).replace(/^[^a-z0-9]+/, '');
}

/** Which of a cluster's nodes runs its control plane; nodes and their containers have the same names. */
export function rolesOf(
  cluster: string,
  names: readonly string[],
): Pick<LabMachines, 'controller' | 'workers'> {
  const controller = `${cluster}-control-plane`;
  return { controller, workers: names.filter((name) => name !== controller).toSorted() };
}

interface Place {
  readonly engine: ContainerEngine;
  readonly program: string;
  readonly nodeImage: string | undefined;
}

async function namesOfNodes({ engine }: Place, cluster: string): Promise<string[]> {
  const filter = `label=io.x-k8s.kind.cluster=${cluster}`;
  const names = await engine.run(['ps', '--all', '--filter', filter, '--format', '{{.Names}}']);
  return names.split('\n').filter((name) => name !== '');
}

function nodeImages(kind: KindProgram, cluster: string): NodeImages {
  return {
    loadArchive: async (file, signal) => kind.run(['load', 'image-archive', file, '--name', cluster], signal),
    loadFromEngine: async (references, signal) =>
      kind.run(['load', 'docker-image', ...references, '--name', cluster], signal),
  };
}

/** The cluster of a lab; its kubeconfig is in the lab's directory and nowhere else. */
function kindCluster(place: Place, { home, logDirectory, nodes }: LabSpec): ClusterMaker {
  const { engine, program, nodeImage: image } = place;
  const kind = kindProgram(program, engine, logDirectory);
  const cluster = clusterName(home.name);
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  const where = ['--name', cluster, '--kubeconfig', kubeconfigFile];
  const removal = ['delete', 'cluster', ...where];
  return {
    provider: 'kind',
    make: async (signal) => {
      const configFile = path.join(home.directory, 'kind.yaml');
      await writeFile(configFile, clusterConfig({ nodes, image, cgroupVersion: engine.cgroupVersion }));
      const what = `the kind cluster ${cluster}`;
      recordLeftover(home, { what, program, args: removal, environment: kind.environment });
      await kind.run(['create', 'cluster', ...where, '--config', configFile], signal);
      const names = await namesOfNodes(place, cluster);
      const containers = nodeContainers(engine, names);
      return {
        kubeconfigFile,
        images: imageShelf(engine, nodeImages(kind, cluster)),
        untilBroken: containers.untilOneEnds,
        cutPower: containers.kill,
        machines: { ...rolesOf(cluster, names), powerOff: containers.powerOff, powerOn: containers.powerOn },
      };
    },
    remove: async () => kind.run(removal),
  };
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
  await claimAddress(engine, { address, image: nodeImage ?? kindsOwnImage }, signal);
  const place = { engine, program: fileOf(tools, 'kind', 'kind'), nodeImage };
  return { host: { address }, start: async (spec) => startPodLab(kindCluster(place, spec), spec) };
}
