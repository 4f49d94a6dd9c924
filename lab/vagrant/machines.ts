import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { ExplainedError } from '../../common/explained-error.ts';
import { sshOptions, type AnsibleHost } from '../ansible/inventory.ts';
import { playsOf, runPlaybook, type PlaybookChanges } from '../ansible/run-playbook.ts';
import type { LabProgress } from '../provider.ts';
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
  /** Destroys one, with all that it has on disk. */
  readonly destroy: (name: string) => Promise<void>;
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
  readonly onProgress?: (progress: LabProgress) => void;
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
  { vagrant: { run }, signal }: MachinesOptions,
  names: readonly string[],
  onLine: (line: string) => void,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run(['up', '--no-parallel', ...names], signal, onLine);
      return;
    } catch (error) {
      if (attempt === mostTries || !isStrangersFault(error)) throw error;
    }
  }
}

/** The machine that a line of Vagrant's output is about, and what it says: `==> worker-1: Creating the container...` */
export function readVagrantLine(
  line: string,
): { readonly machine: string; readonly text: string } | undefined {
  const [, machine, text] = /^(?:==>| {3}) ([\w-]+): (.+)$/.exec(line) ?? [];
  return machine === undefined || text === undefined ? undefined : { machine, text: text.trim() };
}

const playbook = 'cluster.yaml';

/** Opens the machines of a lab; nothing is started yet. All throw explained errors, or the signal's reason. */
export function openMachines(options: MachinesOptions): Machines {
  const { vagrant, settings, image, python, directory, logDirectory, environment, signal } = options;
  const { onProgress = () => undefined } = options;
  const all = machineNames(settings.workers);
  const knownHostsFile = path.join(directory, 'known_hosts');
  let hosts: readonly AnsibleHost[] | undefined;
  let setUps = 0;
  /** By the latest `up`: what comes after it is counted from there on. */
  let machinesMade = 0;
  const reached = async (): Promise<readonly AnsibleHost[]> => (hosts ??= await hostsOf(options));
  return {
    names: all,
    up: async (names = []) => {
      await demandPrivateKey(settings.keyFile);
      // A machine that is made again has another key and other ports.
      hosts = undefined;
      await rm(knownHostsFile, { force: true });
      const made = names.length === 0 ? all : names;
      const count = made.length + (await playsOf(playbook)).length;
      await upWithPatience(options, names, (line) => {
        const said = readVagrantLine(line);
        const number = made.indexOf(said?.machine ?? '') + 1;
        if (said === undefined || number === 0) return;
        onProgress({ stage: `Make the machine ${said.machine}`, number, count, detail: said.text });
      });
      machinesMade = made.length;
    },
    destroy: async (name) => vagrant.run(['destroy', '--force', name], signal),
    setUp: async () => {
      setUps += 1;
      const plays = await playsOf(playbook);
      return runPlaybook({
        python,
        playbook,
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
        onProgress: ({ play, task }) => {
          const number = machinesMade + plays.indexOf(play) + 1;
          onProgress({ stage: play, number, count: machinesMade + plays.length, detail: task });
        },
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
