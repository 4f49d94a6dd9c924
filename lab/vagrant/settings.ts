import { stringify } from 'yaml';

/** What vagrant/Vagrantfile is told about the machines of one lab, which are containers. */
export interface MachineSettings {
  readonly workers: number;
  readonly cpus: number;
  readonly memoryMib: number;
  /** Docker's network, and the first three numbers of its addresses. */
  readonly network: string;
  readonly subnet: string;
  /** The last number of the controller's address; the workers have those that follow. */
  readonly firstAddress: number;
  readonly image: string;
  readonly namePrefix: string;
  readonly keyFile: string;
  /** Where the API server answers on 127.0.0.1. */
  readonly apiPort: number;
  /** Where the SSH servers answer on 127.0.0.1, the controller's first. */
  readonly sshPorts: readonly number[];
}

/** The settings as the file that the Vagrantfile reads; the box is for virtual machines, which labs don't use. */
export function settingsText(settings: MachineSettings): string {
  const { workers, cpus, memoryMib, network, subnet, firstAddress, image, namePrefix, keyFile } = settings;
  return stringify({
    workers,
    cpus,
    memory_mib: memoryMib,
    subnet,
    first_address: firstAddress,
    box: 'debian/bookworm64',
    docker: {
      image,
      network,
      name_prefix: namePrefix,
      key_file: keyFile,
      api_port: settings.apiPort,
      ssh_ports: settings.sshPorts,
    },
  });
}

/** The names of the machines, as the Vagrantfile gives them: the controller, then the workers. */
export function machineNames(workers: number): string[] {
  return ['controller', ...Array.from({ length: workers }, (_, index) => `worker-${index + 1}`)];
}
