import type { Download, GoPin, OfficialFile, ToolPin } from './pin.ts';
import type { Platform } from './platform.ts';

/** https://github.com/kubernetes-sigs/kind/releases: programs, each with a .sha256sum beside it (hack/release/build/cross.sh). */
const kindVersion = 'v0.33.0';

function kindDownload({ os, arch }: Platform): Download {
  const url = `https://github.com/kubernetes-sigs/kind/releases/download/${kindVersion}/kind-${os}-${arch}`;
  return { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256sum` } };
}

type Archive = Pick<Download, 'url'> & { readonly checksumUrl: string };

/** Files of one archive, each where it lies in it. */
function archived(
  { url, checksumUrl }: Archive,
  members: Readonly<Record<string, string>>,
): readonly OfficialFile[] {
  const checksum = { format: 'bare', url: checksumUrl } as const;
  return Object.entries(members).map(([name, member]) => ({
    name,
    from: { kind: 'download', url, checksum, archive: { format: 'tar.gz', member } },
  }));
}

const github = (repository: string, version: string, file: string, suffix: string): Archive => {
  const url = `https://github.com/${repository}/releases/download/${version}/${file}`;
  return { url, checksumUrl: `${url}${suffix}` };
};

/** The version of the lab's API server. */
const kubernetesVersion = 'v1.36.3';
const nodePrograms = ['kubelet', 'kubeadm', 'kube-proxy'];

/** https://kubernetes.io/releases/download/#binaries */
function nodeProgram(name: string, arch: Platform['arch']): OfficialFile {
  const url = `https://dl.k8s.io/release/${kubernetesVersion}/bin/linux/${arch}/${name}`;
  return { name, from: { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256` } } };
}

/** What kubeadm asks for by name and tag (cmd/kubeadm/app/constants/constants.go). */
const etcdVersion = 'v3.6.8';
const corednsVersion = 'v1.14.2';

/** What kind's own nodes of this version have (images/base/Dockerfile). */
const containerdVersion = 'v2.3.4';
const containerdPrograms = ['containerd', 'ctr', 'containerd-shim-runc-v2'];
const crictlVersion = 'v1.36.0';
const cniVersion = 'v1.9.1';
const cniPlugins = { 'host-local': 'ipam', loopback: 'main', ptp: 'main', portmap: 'meta' };

/** What kind's own image of it is made from. */
const localPathVersion = 'v0.0.30';

const inFolder = (folder: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${folder}${name}`]));

interface Described {
  readonly version: string;
  readonly files: (arch: Platform['arch']) => readonly OfficialFile[];
  readonly megabytes: number;
}

/** A tool for the inside of nodes, which are Linux whatever this machine is; it can't be asked for its version everywhere. */
const forNodes = <Name extends string>(
  name: Name,
  go: Omit<GoPin, 'version' | 'folder' | 'runsInNodes'> & { readonly version?: string },
  official: Described | undefined,
): Omit<ToolPin, 'name'> & { readonly name: Name } => ({
  name,
  files: go.programs.map((program) => program.name),
  official: official && { ...official, files: ({ arch }) => official.files(arch) },
  go: { version: official?.version ?? 'v1.0.0', folder: name, runsInNodes: true, ...go },
});

const ownModule = (folder: string): string => `gitops-lab.invalid/toolchain/${folder}`;

/** Programs of labs whose nodes and pods are real: what makes the nodes, and what runs in them. */
export const nodePins = {
  kind: {
    name: 'kind',
    files: ['kind'],
    official: {
      version: kindVersion,
      files: (platform) => [{ name: 'kind', from: kindDownload(platform) }],
      megabytes: 11,
    },
    go: {
      version: kindVersion,
      folder: 'kind',
      module: 'sigs.k8s.io/kind',
      programs: [{ name: 'kind', package: 'sigs.k8s.io/kind' }],
      linkerFlags: [],
      seconds: 15,
    },
    versionQuestion: { file: 'kind', args: ['version'], answer: /kind (v[\d.]+)/ },
  },
  web: forNodes(
    'web',
    {
      module: ownModule('web'),
      programs: [{ name: 'web', package: '.' }],
      linkerFlags: [],
      seconds: 10,
    },
    undefined,
  ),
  'kubernetes-node': forNodes(
    'kubernetes-node',
    {
      module: 'k8s.io/kubernetes',
      programs: nodePrograms.map((name) => ({ name, package: `k8s.io/kubernetes/cmd/${name}` })),
      linkerFlags: [
        `-X k8s.io/component-base/version.gitVersion=${kubernetesVersion}`,
        '-X k8s.io/component-base/version.gitMajor=1',
        '-X k8s.io/component-base/version.gitMinor=36',
        '-X k8s.io/component-base/version.gitTreeState=clean',
        `-X k8s.io/client-go/pkg/version.gitVersion=${kubernetesVersion}`,
      ],
      seconds: 150,
    },
    {
      version: kubernetesVersion,
      files: (arch) => nodePrograms.map((name) => nodeProgram(name, arch)),
      megabytes: 175,
    },
  ),
  'node-etcd': forNodes(
    'node-etcd',
    {
      module: 'go.etcd.io/etcd/server/v3',
      programs: [{ name: 'etcd', package: 'go.etcd.io/etcd/server/v3', builtAs: 'server' }],
      linkerFlags: [],
      seconds: 40,
    },
    {
      version: etcdVersion,
      files: (arch) => {
        const directory = `etcd-${etcdVersion}-linux-${arch}`;
        const release = `https://github.com/etcd-io/etcd/releases/download/${etcdVersion}`;
        const checksum = { format: 'listing', url: `${release}/SHA256SUMS` } as const;
        const archive = { format: 'tar.gz', member: `${directory}/etcd` } as const;
        return [
          {
            name: 'etcd',
            from: { kind: 'download', url: `${release}/${directory}.tar.gz`, checksum, archive },
          },
        ];
      },
      megabytes: 24,
    },
  ),
  containerd: forNodes(
    'containerd',
    {
      module: 'github.com/containerd/containerd/v2',
      programs: containerdPrograms.map((name) => ({
        name,
        package: `github.com/containerd/containerd/v2/cmd/${name}`,
      })),
      linkerFlags: [`-X github.com/containerd/containerd/v2/version.Version=${containerdVersion}`],
      // Snapshotters that nodes of kind never use.
      tags: ['no_btrfs', 'no_devmapper', 'no_zfs'],
      seconds: 100,
    },
    {
      version: containerdVersion,
      files: (arch) => {
        const file = `containerd-static-${containerdVersion.slice(1)}-linux-${arch}.tar.gz`;
        return archived(
          github('containerd/containerd', containerdVersion, file, '.sha256sum'),
          inFolder('bin/', containerdPrograms),
        );
      },
      megabytes: 35,
    },
  ),
  crictl: forNodes(
    'crictl',
    {
      module: 'sigs.k8s.io/cri-tools',
      programs: [{ name: 'crictl', package: 'sigs.k8s.io/cri-tools/cmd/crictl' }],
      linkerFlags: [`-X sigs.k8s.io/cri-tools/pkg/version.Version=${crictlVersion}`],
      seconds: 40,
    },
    {
      version: crictlVersion,
      files: (arch) => {
        const file = `crictl-${crictlVersion}-linux-${arch}.tar.gz`;
        return archived(github('kubernetes-sigs/cri-tools', crictlVersion, file, '.sha256'), {
          crictl: 'crictl',
        });
      },
      megabytes: 20,
    },
  ),
  'cni-plugins': forNodes(
    'cni-plugins',
    {
      module: 'github.com/containernetworking/plugins',
      programs: Object.entries(cniPlugins).map(([name, kind]) => ({
        name,
        package: `github.com/containernetworking/plugins/plugins/${kind}/${name}`,
      })),
      linkerFlags: [],
      seconds: 15,
    },
    {
      version: cniVersion,
      files: (arch) => {
        const file = `cni-plugins-linux-${arch}-${cniVersion}.tgz`;
        return archived(
          github('containernetworking/plugins', cniVersion, file, '.sha256'),
          inFolder('', Object.keys(cniPlugins)),
        );
      },
      megabytes: 55,
    },
  ),
  coredns: forNodes(
    'coredns',
    {
      module: 'github.com/coredns/coredns',
      programs: [{ name: 'coredns', package: 'github.com/coredns/coredns' }],
      linkerFlags: [],
      seconds: 150,
    },
    {
      version: corednsVersion,
      files: (arch) => {
        const file = `coredns_${corednsVersion.slice(1)}_linux_${arch}.tgz`;
        return archived(github('coredns/coredns', corednsVersion, file, '.sha256'), { coredns: 'coredns' });
      },
      megabytes: 22,
    },
  ),
  'local-path-provisioner': forNodes(
    'local-path-provisioner',
    {
      module: 'github.com/rancher/local-path-provisioner',
      programs: [{ name: 'local-path-provisioner', package: 'github.com/rancher/local-path-provisioner' }],
      linkerFlags: [`-X main.VERSION=${localPathVersion}`],
      seconds: 40,
    },
    {
      version: localPathVersion,
      files: () => [
        {
          name: 'local-path-provisioner',
          from: {
            kind: 'image',
            registry: 'registry-1.docker.io',
            repository: 'rancher/local-path-provisioner',
            tag: localPathVersion,
            member: 'usr/bin/local-path-provisioner',
          },
        },
      ],
      megabytes: 25,
    },
  ),
  'node-programs': forNodes(
    'node-programs',
    {
      module: ownModule('node-programs'),
      programs: ['pause', 'kindnetd'].map((name) => ({ name, package: `./${name}` })),
      linkerFlags: [],
      seconds: 10,
    },
    undefined,
  ),
  'bounded-runc': forNodes(
    'bounded-runc',
    {
      module: ownModule('bounded-runc'),
      programs: [{ name: 'bounded-runc', package: '.', builtAs: 'bounded-runc' }],
      linkerFlags: [],
      seconds: 5,
    },
    undefined,
  ),
} as const satisfies Readonly<Record<string, ToolPin>>;
