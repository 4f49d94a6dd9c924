import type { DebianPin, ToolPin } from '../pin.ts';

/** Where Debian itself publishes packages, from a server near whoever asks (https://www.debian.org/mirror/list); what is fetched is held against its signatures. */
const publisher = 'http://deb.debian.org';
const archives = { packages: `${publisher}/debian`, security: `${publisher}/debian-security` };

function debian<Name extends string>(name: Name, pin: Omit<DebianPin, 'archives'>) {
  return {
    name,
    files: [`${name}.tar`],
    official: undefined,
    go: undefined,
    debian: { ...pin, archives },
  } as const;
}

/** What the nodes' network needs, in the node and in the images of kube-proxy and the network daemon. */
const networkPackages = ['ca-certificates', 'conntrack', 'iproute2', 'iptables', 'kmod', 'nftables'];

/** File systems of Debian packages, as archives. The packages of nodes are those of kind's own (images/base/Dockerfile), without network storage. */
export const debianPins = {
  'debian-node': debian('debian-node', {
    // The last one whose systemd boots on cgroup v1.
    suite: 'bookworm',
    packages: [
      ...networkPackages,
      ...['curl', 'e2fsprogs', 'ethtool', 'jq', 'libseccomp2', 'mount', 'pigz', 'procps', 'runc'],
      ...['systemd', 'util-linux'],
    ],
    seconds: 75,
  }),
  'debian-net': debian('debian-net', { suite: 'bookworm', packages: networkPackages, seconds: 60 }),
  'debian-base': debian('debian-base', {
    // Since coreutils 9.5, which is newer than bookworm, "cp -n" succeeds where it leaves a file alone, as Argo CD has it.
    suite: 'trixie',
    packages: [
      'ca-certificates',
      'git',
      'git-lfs',
      'gpg',
      'openssh-client',
      'redis-server',
      'tini',
      'tzdata',
    ],
    seconds: 75,
  }),
} as const satisfies Readonly<Record<string, ToolPin>>;
