import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import getPort from 'get-port';
import { Turn } from '../../common/turn.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { nodeContainers, type NodeContainers } from '../containers/node-containers.ts';
import { recordLeftover } from '../home/leftovers.ts';
import type { Lab, LabMachines } from '../lab.ts';
import { imageShelf, type LastingShelf } from '../pods/image-shelf.ts';
import { startPodLab, type ClusterMaker } from '../pods/pod-lab.ts';
import type { LabSpec } from '../provider.ts';
import type { PythonEnvironment } from '../toolchain/python-environment.ts';
import { machineImages } from './machine-images.ts';
import { makeKey } from './machine-key.ts';
import type { MachineImage } from './machine-image.ts';
import { fetchKubeconfig, openMachines, type Machines } from './machines.ts';
import { chooseAddresses, takenAddresses, type MachineNetwork } from './network.ts';
import { settingsText, type MachineSettings } from './settings.ts';
import { vagrantProgram, type VagrantProgram } from './vagrant-program.ts';

/** What labs of this kind are started with. */
export interface VagrantPlace {
  readonly engine: ContainerEngine;
  readonly network: MachineNetwork;
  readonly image: MachineImage;
  readonly python: PythonEnvironment;
  /** Boxes and the like of all labs; not the user's own. */
  readonly vagrantHome: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The settings of machines that outlived their controller, by the directory of their lab. */
  readonly left: Map<string, MachineSettings>;
}

/** Of a virtual machine; one that is a container takes what it needs. */
const machineMemoryMib = 3072;

/** Containers' names have at most 63 characters where they are also names of hosts; `-worker-100` comes behind. */
const maxPrefixLength = 48;

/** One lab chooses addresses after the other, so that the containers of the one are there when the next one looks. */
const turn = new Turn();

async function chooseSettings(
  place: VagrantPlace,
  { home, nodes, signal }: LabSpec,
): Promise<MachineSettings> {
  const { network, image, engine } = place;
  const keyFile = path.join(home.directory, 'machine-key');
  await makeKey(keyFile, `gitops-lab ${home.name}`);
  const sshPorts: number[] = [];
  while (sshPorts.length < nodes) sshPorts.push(await getPort({ host: '127.0.0.1', exclude: sshPorts }));
  return {
    workers: nodes - 1,
    cpus: os.availableParallelism(),
    memoryMib: machineMemoryMib,
    network: network.name,
    subnet: network.subnet,
    firstAddress: chooseAddresses(nodes, await takenAddresses(engine.run, signal), home.directory),
    image: image.reference,
    namePrefix: home.name.slice(-maxPrefixLength).replace(/^[^a-z0-9]+/, ''),
    keyFile,
    apiPort: await getPort({ host: '127.0.0.1', exclude: sshPorts }),
    sshPorts,
  };
}

/** Machines that are made, by the settings that are written down. */
interface MadeMachines {
  readonly machines: Machines;
  readonly settings: MachineSettings;
}

/** Makes the machines; what they are is written down first, so that whoever finds them can remove them. */
async function makeMachines(
  place: VagrantPlace,
  spec: LabSpec,
  vagrant: VagrantProgram,
): Promise<MadeMachines> {
  const { home, signal } = spec;
  const { directory } = home;
  const release = await turn.take();
  try {
    const left = place.left.get(directory);
    const settings = left ?? (await chooseSettings(place, spec));
    await writeFile(settingsFileOf(spec), settingsText(settings), { mode: 0o600 });
    recordLeftover(home, {
      what: `the machines of ${home.name}`,
      program: 'vagrant',
      args: ['destroy', '--force'],
      environment: vagrant.environment,
    });
    const clusterName = home.name;
    const machines = openMachines({ ...place, ...spec, vagrant, settings, clusterName, directory, signal });
    await machines.up();
    place.left.delete(directory);
    return { machines, settings };
  } finally {
    release();
  }
}

/** What of a lab's directory belongs to its machines, and not to the cluster that was made of them. */
const filesOfMachines = ['machines.yaml', 'vagrant', 'machine-key', 'machine-key.pub', 'leftovers.jsonl'];

const settingsFileOf = ({ home }: LabSpec): string => path.join(home.directory, 'machines.yaml');

const containerOf = ({ namePrefix }: MachineSettings, name: string): string => `${namePrefix}-${name}`;

interface RunningMachines extends MadeMachines {
  readonly containers: NodeContainers;
  readonly images: LastingShelf;
  readonly engine: ContainerEngine;
  readonly signal: AbortSignal;
}

/** What scenarios can do to the machines of a lab. Power is cut at the container; only what makes machines is asked of Vagrant. */
function labMachines(running: RunningMachines): LabMachines {
  const { machines, settings, containers, images, engine, signal } = running;
  const { names, up, destroy, setUp, onMachine } = machines;
  const [controller = '', ...workers] = names;
  return {
    controller,
    workers,
    powerOff: async (name) => containers.powerOff(containerOf(settings, name)),
    powerOn: async (name) => containers.powerOn(containerOf(settings, name)),
    rebuild: async (name) => {
      containers.isAway(containerOf(settings, name));
      await destroy(name);
      await up([name]);
      containers.isBack(containerOf(settings, name));
      // Before it belongs to the cluster: a pod that finds no image there waits longer and longer to look again.
      await images.provideAgain(machineImages(engine, { names: [name], onMachine }), signal);
      await setUp();
    },
  };
}

/** The machines of a lab, made by Vagrant, and the cluster that Ansible makes of them. */
function machineCluster(place: VagrantPlace, spec: LabSpec): ClusterMaker {
  const { home, logDirectory } = spec;
  const { directory } = home;
  const { signal } = spec;
  const { environment, vagrantHome, engine } = place;
  const settingsFile = settingsFileOf(spec);
  const vagrant = vagrantProgram({ directory, logDirectory, settingsFile, vagrantHome }, environment);
  const kubeconfigFile = path.join(directory, 'kubeconfig');
  return {
    provider: 'vagrant',
    make: async () => {
      const { machines, settings } = await makeMachines(place, spec, vagrant);
      await machines.setUp();
      await fetchKubeconfig(machines, settings.apiPort, kubeconfigFile);
      const containers = nodeContainers(
        engine,
        machines.names.map((name) => containerOf(settings, name)),
      );
      const images = imageShelf(engine, machineImages(engine, machines));
      return {
        kubeconfigFile,
        images,
        untilBroken: containers.untilOneEnds,
        cutPower: containers.kill,
        machines: labMachines({ machines, settings, containers, images, engine, signal }),
        loseController: async () => {
          const [controller = ''] = machines.names;
          await containers.powerOff(containerOf(settings, controller));
          // Not by the machines' own way: what a lab's signal ends has ended when the lab loses its controller.
          await vagrant.run(['destroy', '--force', controller]);
          place.left.set(directory, settings);
          return filesOfMachines;
        },
      };
    },
    remove: async () => vagrant.run(['destroy', '--force']),
  };
}

/** Starts machines with Vagrant and makes a cluster of them with Ansible; its nodes are Ready when this returns. */
export async function startVagrantLab(place: VagrantPlace, spec: LabSpec): Promise<Lab> {
  return startPodLab(machineCluster(place, spec), spec);
}
