import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import getPort from 'get-port';
import { startClock } from '../../common/clock.ts';
import { Turn } from '../../common/turn.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { recordLeftover } from '../home/leftovers.ts';
import { imageShelf } from '../images/image-shelf.ts';
import { openCluster, type KubeAccess } from '../kube/kube-access.ts';
import type { Lab } from '../lab.ts';
import { followPodLogs } from '../pods/pod-logs.ts';
import { usageOfPods } from '../pods/pod-usage.ts';
import { openComponentSet } from '../process/component-set.ts';
import type { LabSpec } from '../provider.ts';
import { platformOf } from '../toolchain/platform.ts';
import type { PythonEnvironment } from '../toolchain/python-environment.ts';
import { machineLoader } from './loader.ts';
import { machineLosses, type MachineLosses } from './losses.ts';
import { makeKey } from './machine-key.ts';
import type { MachineImage } from './machine-image.ts';
import { fetchKubeconfig, openMachines, type Machines } from './machines.ts';
import { chooseAddresses, takenAddresses, type MachineNetwork } from './network.ts';
import { settingsText, type MachineSettings } from './settings.ts';
import { vagrantProgram, type VagrantProgram } from './vagrant-program.ts';
import { watchMachines } from './watch-machines.ts';

/** What labs of this kind are started with. */
export interface VagrantPlace {
  readonly engine: ContainerEngine;
  readonly network: MachineNetwork;
  readonly image: MachineImage;
  readonly python: PythonEnvironment;
  /** Boxes and the like of all labs; not the user's own. */
  readonly vagrantHome: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** A lab of machines, of which some can be lost. */
export interface VagrantLab extends Lab {
  readonly losses: MachineLosses;
}

/** Of a machine: more than a controller with an engine and its applications was seen to use. */
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

/** Makes the machines; what they are is written down first, so that whoever finds them can remove them. */
async function makeMachines(
  place: VagrantPlace,
  spec: LabSpec,
): Promise<{ machines: Machines; settings: MachineSettings; vagrant: VagrantProgram }> {
  const { home, logDirectory, signal } = spec;
  const { directory } = home;
  const settingsFile = path.join(directory, 'machines.yaml');
  const { environment, vagrantHome } = place;
  const vagrant = vagrantProgram({ directory, logDirectory, settingsFile, vagrantHome }, environment);
  const release = await turn.take();
  try {
    const settings = await chooseSettings(place, spec);
    await writeFile(settingsFile, settingsText(settings), { mode: 0o600 });
    recordLeftover(home, {
      what: `the machines of ${home.name}`,
      program: 'vagrant',
      args: ['destroy', '--force'],
      environment: vagrant.environment,
    });
    const clusterName = home.name;
    const machines = openMachines({ ...place, ...spec, vagrant, settings, clusterName, directory, signal });
    await machines.up();
    return { machines, settings, vagrant };
  } catch (error) {
    await vagrant.run(['destroy', '--force']).catch(() => undefined);
    throw error;
  } finally {
    release();
  }
}

/** Starts machines with Vagrant and makes a cluster of them with Ansible; its nodes are Ready when this returns. */
export async function startVagrantLab(place: VagrantPlace, spec: LabSpec): Promise<VagrantLab> {
  const { home, logDirectory, nodes, onAnswering } = spec;
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  const { machines, settings, vagrant } = await makeMachines(place, spec);
  const ending = new AbortController();
  // Every followed log listens to it.
  setMaxListeners(0, ending.signal);
  const watch = watchMachines(place.engine, settings.namePrefix, machines.names, ending.signal);
  const components = openComponentSet({ logDirectory, ledgerFile: home.ledgerFile });
  const kubeconfigFile = path.join(home.directory, 'kubeconfig');
  let access: KubeAccess | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    ending.abort();
    access?.close();
    await components.stop();
    await vagrant.run(['destroy', '--force']);
  };
  const stop = async (): Promise<void> => (stopped ??= stopAll());
  try {
    await machines.setUp();
    const opened = openCluster(await fetchKubeconfig(machines, settings.apiPort, kubeconfigFile));
    access = opened;
    onAnswering?.(opened);
    const shelf = imageShelf({
      engine: place.engine,
      loader: machineLoader(place.engine, machines),
      arch: platformOf('linux', os.arch()).arch,
    });
    return {
      name: home.name,
      directory: home.directory,
      logDirectory,
      fidelity: { provider: 'vagrant', podsAreSimulated: false, podStartMs: 0, nodes },
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
      broken: Promise.race([components.broken, watch.broken]),
      losses: machineLosses(machines, watch.expect, async () => {
        await fetchKubeconfig(machines, settings.apiPort, kubeconfigFile);
        watch.again();
      }),
      lose: async () => {
        ending.abort();
        await machines.powerOff(machines.names);
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
