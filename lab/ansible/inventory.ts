/** A machine that playbooks reach. */
export interface AnsibleHost {
  readonly name: string;
  readonly role: 'controller' | 'worker';
  /** Where its SSH server answers. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly keyFile: string;
  /** Its address among the machines. */
  readonly nodeAddress: string;
}

export interface InventoryOptions {
  readonly hosts: readonly AnsibleHost[];
  /** Which keys the machines have; written by SSH, and never the user's own. */
  readonly knownHostsFile: string;
  /** What holds for every machine, such as `programs_from`. */
  readonly variables: Readonly<Record<string, unknown>>;
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Options of OpenSSH that keep the user's own settings, keys and known hosts out of it. */
export function sshOptions(knownHostsFile: string): string[] {
  const options = [
    `UserKnownHostsFile=${quoted(knownHostsFile)}`,
    'StrictHostKeyChecking=accept-new',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'PasswordAuthentication=no',
  ];
  return ['-F', '/dev/null', ...options.flatMap((option) => ['-o', option])];
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * An inventory as JSON, which Ansible reads as YAML. Variables stand with each host: those of groups would give way to the
 * playbooks' own (https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html#understanding-variable-precedence).
 */
export function inventoryText({ hosts, knownHostsFile, variables }: InventoryOptions): string {
  const group = (role: AnsibleHost['role']): object => ({
    hosts: Object.fromEntries(
      hosts
        .filter((host) => host.role === role)
        .map(({ name, address, port, user, keyFile, nodeAddress }) => [
          name,
          {
            ...variables,
            ansible_host: address,
            ansible_port: port,
            ansible_user: user,
            ansible_ssh_private_key_file: keyFile,
            ansible_ssh_common_args: sshOptions(knownHostsFile).map(shellQuoted).join(' '),
            node_ip: nodeAddress,
          },
        ]),
    ),
  });
  const cluster = { children: { controllers: group('controller'), workers: group('worker') } };
  return `${JSON.stringify({ all: { children: { cluster } } }, null, 2)}\n`;
}
