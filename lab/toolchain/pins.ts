import { clientPins } from './client-pins.ts';
import { debianPins } from './debian/debian-pins.ts';
import { fluxControllerPins } from './flux-pins.ts';
import { nodePins } from './node-pins.ts';
import { nowhereToBeHad } from './nowhere-to-be-had.ts';
import type { Download, GoPin, ImageFile, OfficialFile, ToolPin } from './pin.ts';
import type { Platform } from './platform.ts';
import type { ToolName } from './tool.ts';

const stamps = (version: string, ...variables: readonly string[]): readonly string[] =>
  variables.map((variable) => `-X ${variable}=${version}`);

/** Official Kubernetes binaries: https://kubernetes.io/releases/download/#binaries */
const kubernetesVersion = 'v1.36.3';
const kubernetesPrograms = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

function kubernetesFile(name: string, { os, arch }: Platform): OfficialFile {
  const url = `https://dl.k8s.io/release/${kubernetesVersion}/bin/${os}/${arch}/${name}`;
  return { name, from: { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256` } } };
}

/** https://github.com/etcd-io/etcd/releases: an archive with a directory in it, zip on macOS. */
const etcdVersion = 'v3.7.3';

function etcdDownload({ os, arch }: Platform): Download {
  const release = `https://github.com/etcd-io/etcd/releases/download/${etcdVersion}`;
  const directory = `etcd-${etcdVersion}-${os}-${arch}`;
  const format = os === 'linux' ? 'tar.gz' : 'zip';
  return {
    kind: 'download',
    url: `${release}/${directory}.${format}`,
    checksum: { format: 'listing', url: `${release}/SHA256SUMS` },
    archive: { format, member: `${directory}/etcd` },
  };
}

/** https://github.com/kubernetes-sigs/kwok/releases: programs without checksums beside them (hack/releases.sh). */
const kwokVersion = 'v0.8.0';

function kwokDownload(program: string, { os, arch }: Platform): Download {
  const url = `https://github.com/kubernetes-sigs/kwok/releases/download/${kwokVersion}/${program}-${os}-${arch}`;
  return { kind: 'download', url, checksum: { format: 'none' } };
}

const kwokBuild = (program: string, seconds: number): GoPin => ({
  version: kwokVersion,
  folder: 'kwok',
  module: 'sigs.k8s.io/kwok',
  programs: [{ name: program, package: `sigs.k8s.io/kwok/cmd/${program}` }],
  linkerFlags: stamps(kwokVersion, 'sigs.k8s.io/kwok/pkg/consts.Version'),
  seconds,
});

/** https://github.com/fluxcd/flux2/releases, named as its .goreleaser.yml says. */
const fluxVersion = '2.9.5';

function fluxDownload({ os, arch }: Platform): Download {
  const release = `https://github.com/fluxcd/flux2/releases/download/v${fluxVersion}`;
  return {
    kind: 'download',
    url: `${release}/flux_${fluxVersion}_${os}_${arch}.tar.gz`,
    checksum: { format: 'listing', url: `${release}/flux_${fluxVersion}_checksums.txt` },
    archive: { format: 'tar.gz', member: 'flux' },
  };
}

/** https://github.com/argoproj/argo-cd/releases; the released CLI is built from ./cmd, as every component is. */
const argocdVersion = 'v3.2.11';

function argocdFiles({ os, arch }: Platform): readonly OfficialFile[] {
  const release = `https://github.com/argoproj/argo-cd/releases/download/${argocdVersion}`;
  const manifests = `https://raw.githubusercontent.com/argoproj/argo-cd/${argocdVersion}/manifests/install.yaml`;
  const checksum = { format: 'listing', url: `${release}/cli_checksums.txt` } as const;
  return [
    { name: 'argocd', from: { kind: 'download', url: `${release}/argocd-${os}-${arch}`, checksum } },
    { name: 'argocd-install.yaml', from: { kind: 'download', url: manifests, checksum: { format: 'none' } } },
  ];
}

/** https://valkey.io/download/: Linux only, built on Ubuntu 22.04. */
const valkeyVersion = '9.0.8';

function valkeyDownload({ arch }: Platform): Download {
  const directory = `valkey-${valkeyVersion}-jammy-${arch === 'amd64' ? 'x86_64' : arch}`;
  const url = `https://download.valkey.io/releases/${directory}.tar.gz`;
  return {
    kind: 'download',
    url,
    checksum: { format: 'bare', url: `${url}.sha256` },
    archive: { format: 'tar.gz', member: `${directory}/bin/valkey-server` },
  };
}

/** https://github.com/argoproj-labs/argocd-image-updater: an image for Linux; the path is that of its Dockerfile. */
const imageUpdaterVersion = 'v1.0.1';
const imageUpdaterImage: ImageFile = {
  kind: 'image',
  registry: 'quay.io',
  repository: 'argoprojlabs/argocd-image-updater',
  tag: imageUpdaterVersion,
  member: 'usr/local/bin/argocd-image-updater',
};
/** The image of the Image Updater, as pods name it. */
export const imageUpdaterReference = `${imageUpdaterImage.registry}/${imageUpdaterImage.repository}:${imageUpdaterVersion}`;

/** https://dl.gitea.com/gitea/: one program with its templates and texts, each with a .sha256 beside it. */
const giteaVersion = '1.26.0';

function giteaDownload({ os, arch }: Platform): Download {
  const url = `https://dl.gitea.com/gitea/${giteaVersion}/gitea-${giteaVersion}-${os === 'darwin' ? 'darwin-10.12' : os}-${arch}`;
  return { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256` } };
}

/** The one place where versions are pinned. What the publisher offers and what Go builds may differ. */
export const pins: Readonly<Record<ToolName, ToolPin>> = {
  etcd: {
    name: 'etcd',
    files: ['etcd'],
    official: {
      version: etcdVersion,
      files: (platform) => [{ name: 'etcd', from: etcdDownload(platform) }],
      megabytes: 24,
    },
    go: {
      version: 'v3.7.3',
      folder: 'etcd',
      module: 'go.etcd.io/etcd/server/v3',
      programs: [{ name: 'etcd', package: 'go.etcd.io/etcd/server/v3', builtAs: 'server' }],
      linkerFlags: [],
      // Half of it is the standard library, which the first build of all compiles.
      seconds: 45,
    },
    versionQuestion: { file: 'etcd', args: ['--version'], answer: /etcd Version: (\S+)/ },
  },
  kubernetes: {
    name: 'kubernetes',
    files: kubernetesPrograms,
    official: {
      version: kubernetesVersion,
      files: (platform) =>
        platform.os === 'linux'
          ? kubernetesPrograms.map((name) => kubernetesFile(name, platform))
          : undefined,
      megabytes: 240,
    },
    go: {
      version: 'v1.36.3',
      folder: 'kubernetes',
      module: 'k8s.io/kubernetes',
      programs: kubernetesPrograms.map((name) => ({ name, package: `k8s.io/kubernetes/cmd/${name}` })),
      linkerFlags: [
        ...stamps('v1.36.3', 'k8s.io/component-base/version.gitVersion'),
        ...stamps('1', 'k8s.io/component-base/version.gitMajor'),
        ...stamps('36', 'k8s.io/component-base/version.gitMinor'),
        ...stamps('clean', 'k8s.io/component-base/version.gitTreeState'),
        ...stamps('v1.36.3', 'k8s.io/client-go/pkg/version.gitVersion'),
        ...stamps('1', 'k8s.io/client-go/pkg/version.gitMajor'),
        ...stamps('36', 'k8s.io/client-go/pkg/version.gitMinor'),
      ],
      seconds: 219,
    },
    versionQuestion: { file: 'kube-apiserver', args: ['--version'], answer: /Kubernetes (\S+)/ },
  },
  kwok: {
    name: 'kwok',
    files: ['kwok'],
    official: {
      version: kwokVersion,
      files: (platform) => [{ name: 'kwok', from: kwokDownload('kwok', platform) }],
      megabytes: 65,
    },
    go: kwokBuild('kwok', 67),
    versionQuestion: { file: 'kwok', args: ['--version'], answer: /version (\S+)/ },
  },
  flux: {
    name: 'flux',
    files: ['flux'],
    official: {
      version: `v${fluxVersion}`,
      files: (platform) => [{ name: 'flux', from: fluxDownload(platform) }],
      megabytes: 30,
    },
    go: {
      version: 'v2.9.5',
      folder: 'flux',
      module: 'github.com/fluxcd/flux2/v2',
      programs: [{ name: 'flux', package: './cmd/flux' }],
      linkerFlags: stamps('2.9.5', 'main.VERSION'),
      embedsFluxManifests: true,
      // A third of it is the generator of CRDs.
      seconds: 100,
    },
    versionQuestion: { file: 'flux', args: ['--version'], answer: /version (\S+)/ },
  },
  ...fluxControllerPins,
  argocd: {
    name: 'argocd',
    files: ['argocd', 'argocd-install.yaml'],
    official: { version: argocdVersion, files: argocdFiles, megabytes: 220 },
    go: {
      version: 'v3.2.11',
      folder: 'argocd',
      module: 'github.com/argoproj/argo-cd/v3',
      programs: [{ name: 'argocd', package: 'github.com/argoproj/argo-cd/v3/cmd', builtAs: 'cmd' }],
      linkerFlags: stamps('3.2.11', 'github.com/argoproj/argo-cd/v3/common.version'),
      moduleFiles: { 'argocd-install.yaml': 'manifests/install.yaml' },
      seconds: 176,
    },
    versionQuestion: {
      file: 'argocd',
      args: ['version', '--client', '--short'],
      environment: { ARGOCD_BINARY_NAME: 'argocd' },
      answer: /argocd: (v[\d.]+)/,
    },
  },
  redis: {
    name: 'redis',
    files: ['redis-server'],
    official: {
      version: valkeyVersion,
      files: (platform) =>
        platform.os === 'linux' ? [{ name: 'redis-server', from: valkeyDownload(platform) }] : undefined,
      megabytes: 25,
    },
    go: {
      version: 'v2.40.0',
      folder: 'redis',
      module: 'github.com/alicebob/miniredis/v2',
      programs: [{ name: 'redis-server', package: '.', builtAs: 'redis' }],
      linkerFlags: [],
      seconds: 3,
    },
    versionQuestion: { file: 'redis-server', args: ['--version'], answer: /(?:v=| )(v?\d+\.\d+\.\d+)/ },
  },
  kwokctl: {
    name: 'kwokctl',
    files: ['kwokctl'],
    official: {
      version: kwokVersion,
      files: (platform) => [{ name: 'kwokctl', from: kwokDownload('kwokctl', platform) }],
      megabytes: 45,
    },
    go: kwokBuild('kwokctl', 9),
    versionQuestion: { file: 'kwokctl', args: ['--version'], answer: /version (\S+)/ },
  },
  ...clientPins,
  ...nodePins,
  ...debianPins,
  'argocd-image-updater': {
    name: 'argocd-image-updater',
    files: ['argocd-image-updater'],
    official: {
      version: imageUpdaterVersion,
      files: ({ os }) =>
        os === 'linux' ? [{ name: 'argocd-image-updater', from: imageUpdaterImage }] : undefined,
      megabytes: 60,
    },
    go: undefined,
  },
  gitea: {
    name: 'gitea',
    files: ['gitea'],
    official: {
      version: `v${giteaVersion}`,
      files: (platform) => [{ name: 'gitea', from: giteaDownload(platform) }],
      megabytes: 115,
    },
    go: {
      version: 'v1.26.0',
      folder: 'gitea',
      module: 'code.gitea.io/gitea',
      programs: [{ name: 'gitea', package: '.' }],
      linkerFlags: stamps('1.26.0', 'main.Version'),
      embeddedFolders: ['options', 'templates'],
      // Half of the processor time that it took: the machine had other work.
      seconds: 250,
    },
    versionQuestion: { file: 'gitea', args: ['--version'], answer: /version (\S+)/ },
  },
};

/** How Go builds a tool. Throws an explained error where it can't, `why` being the reason that it is asked for. */
export function goPinOf(name: ToolName, why: string): GoPin {
  const { go } = pins[name];
  if (go !== undefined) return go;
  throw nowhereToBeHad([{ name, why }]);
}

/**
 * Tools that must come from one kind of source, official or Go: the flux program embeds the CRDs of the controllers,
 * and those of one release do not serve the versions that controllers of another watch.
 */
export const matchedSets: readonly (readonly ToolName[])[] = [
  ['flux', 'source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'],
];
