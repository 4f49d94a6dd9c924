import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import { sshOptions, type AnsibleHost } from '../ansible/inventory.ts';
import { runPlaybook, type PlaybookChanges } from '../ansible/run-playbook.ts';
import type { PlaybookProgress } from '../ansible/runner-events.ts';
import type { PythonEnvironment } from '../toolchain/python-environment.ts';
import { demandPrivateKey } from './machine-key.ts';
import type { MachineImage } from './machine-image.ts';
import { machineNames, type MachineSettings } from './settings.ts';
import { parseSshConfig } from './ssh-config.ts';
import type { VagrantProgram } from './vagrant-program.ts';

/** The machines of one lab, and what can be done to them. */
export interface Machines {
  readonly names: readonly string[];
  /** Makes and starts those that are not there or do not run; all where none is named. */
  readonly up: (names?: readonly string[]) => Promise<void>;
  /** Makes a cluster of the machines, or brings it back to what it is to be; what was changed on each. */
  readonly setUp: () => Promise<PlaybookChanges>;
  /** Runs a command on a machine as root; what it said. */
  readonly onMachine: (name: string, command: string, inputFile?: string) => Promise<string>;
}

export interface MachinesOptions {
  readonly vagrant: VagrantProgram;
  readonly settings: MachineSettings;
  readonly image: MachineImage;
  readonly python: PythonEnvironment;
  readonly clusterName: string;
  readonly directory: string;
  readonly logDirectory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PlaybookProgress) => void;
}

/** The machines as playbooks reach them. */
async function hostsOf({ vagrant, settings, signal }: MachinesOptions): Promise<AnsibleHost[]> {
  const names = machineNames(settings.workers);
  const targets = parseSshConfig(await vagrant.ask(['ssh-config'], signal));
  return targets.map((target) => ({
    ...target,
    role: target.name === 'controller' ? 'controller' : 'worker',
    nodeAddress: `${settings.subnet}.${settings.firstAddress + names.indexOf(target.name)}`,
  }));
}

/** Whether Vagrant gave up only because a container of somebody else went while it looked through all for free ports. */
export function isStrangersFault(error: unknown): boolean {
  return error instanceof ExplainedError && /No such (object|container)/.test(error.why ?? '');
}

const mostTries = 5;

/** Makes and starts machines, one after the other, for the same reason; what is there already is left as it is. */
async function upWithPatience(
  { run }: VagrantProgram,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run(['up', '--no-parallel', ...names], signal);
      return;
    } catch (error) {
      if (attempt === mostTries || !isStrangersFault(error)) throw error;
    }
  }
}

/** Opens the machines of a lab; nothing is started yet. All throw explained errors, or the signal's reason. */
export function openMachines(options: MachinesOptions): Machines {
  const { vagrant, settings, image, python, directory, logDirectory, environment, signal } = options;
  const knownHostsFile = path.join(directory, 'known_hosts');
  let hosts: readonly AnsibleHost[] | undefined;
  let setUps = 0;
  const reached = async (): Promise<readonly AnsibleHost[]> => (hosts ??= await hostsOf(options));
  return {
    names: machineNames(settings.workers),
    up: async (names = []) => {
      await demandPrivateKey(settings.keyFile);
      // A machine that is made again has another key and other ports.
      hosts = undefined;
      await rm(knownHostsFile, { force: true });
      await upWithPatience(vagrant, names, signal);
    },
    setUp: async () => {
      setUps += 1;
      return runPlaybook({
        python,
        playbook: 'cluster.yaml',
        inventory: {
          hosts: await reached(),
          knownHostsFile,
          variables: {
            programs_from: 'image',
            kubernetes_version: image.kubernetesVersion,
            cluster_name: options.clusterName,
          },
        },
        directory: path.join(directory, 'ansible'),
        logDirectory,
        ident: `cluster-${setUps}`,
        environment,
        signal,
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      });
    },
    onMachine: async (name, command, inputFile) => {
      const host = (await reached()).find((one) => one.name === name);
      if (host === undefined) throw new Error(`there is no machine ${name}`);
      const { address, port, user, keyFile } = host;
      const target = ['-i', keyFile, '-p', String(port), `${user}@${address}`, `sudo ${command}`];
      const input = inputFile === undefined ? ({ stdin: 'ignore' } as const) : { inputFile };
      const { exitCode, stdout, stderr, shortMessage } = await execa(
        'ssh',
        [...sshOptions(knownHostsFile), ...target],
        { ...input, reject: false, cancelSignal: signal },
      );
      signal.throwIfAborted();
      if (exitCode === 0) return stdout;
      throw new ExplainedError({
        what: `a command failed on the machine ${name}`,
        why: `${command}: ${stderr.trim() || (shortMessage ?? 'it said nothing')}`,
        next: `look whether the machine runs; what Vagrant did is in ${path.join(logDirectory, 'vagrant.log')}`,
      });
    },
  };
}

/** Replaces the address of the API server in a kubeconfig by one that this computer reaches. */
export function withServer(kubeconfig: string, server: string): string {
  return kubeconfig.replace(/^(\s*server:).*$/gm, `$1 ${server}`);
}

/** Fetches the kubeconfig of the controller into a file that only its owner reads; its text. */
export async function fetchKubeconfig(
  { onMachine }: Pick<Machines, 'onMachine'>,
  apiPort: number,
  file: string,
): Promise<string> {
  const text = withServer(
    await onMachine('controller', 'cat /etc/kubernetes/admin.conf'),
    `https://127.0.0.1:${apiPort}`,
  );
  await writeFile(file, text, { mode: 0o600 });
  return readFile(file, 'utf8');
}
