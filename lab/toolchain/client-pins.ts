import type { Download, GoPin, ToolPin } from './pin.ts';
import type { Platform } from './platform.ts';

type ClientName = 'crane' | 'helm' | 'k6' | 'kubectl' | 'kustomize';

/** https://github.com/google/go-containerregistry/releases, named as its .goreleaser.yml says. */
const craneVersion = 'v0.21.7';

function craneDownload({ os, arch }: Platform): Download {
  const release = `https://github.com/google/go-containerregistry/releases/download/${craneVersion}`;
  const system = os === 'linux' ? 'Linux' : 'Darwin';
  return {
    kind: 'download',
    url: `${release}/go-containerregistry_${system}_${arch === 'amd64' ? 'x86_64' : arch}.tar.gz`,
    checksum: { format: 'listing', url: `${release}/checksums.txt` },
    archive: { format: 'tar.gz', member: 'crane' },
  };
}

/** https://github.com/helm/helm/releases */
const helmVersion = 'v3.19.5';

function helmDownload({ os, arch }: Platform): Download {
  const url = `https://get.helm.sh/helm-${helmVersion}-${os}-${arch}.tar.gz`;
  return {
    kind: 'download',
    url,
    checksum: { format: 'listing', url: `${url}.sha256sum` },
    archive: { format: 'tar.gz', member: `${os}-${arch}/helm` },
  };
}

/** https://github.com/grafana/k6/releases, named as its build-release.sh says: an archive with a directory in it, zip on macOS. */
const k6Version = 'v1.8.1';

function k6Download({ os, arch }: Platform): Download {
  const release = `https://github.com/grafana/k6/releases/download/${k6Version}`;
  const directory = `k6-${k6Version}-${os === 'darwin' ? 'macos' : os}-${arch}`;
  const format = os === 'linux' ? 'tar.gz' : 'zip';
  return {
    kind: 'download',
    url: `${release}/${directory}.${format}`,
    checksum: { format: 'listing', url: `${release}/k6-${k6Version}-checksums.txt` },
    archive: { format, member: `${directory}/k6` },
  };
}

/** https://kubernetes.io/releases/download/#binaries; the version of the lab's API server. */
const kubectlVersion = 'v1.36.3';

function kubectlDownload({ os, arch }: Platform): Download {
  const url = `https://dl.k8s.io/release/${kubectlVersion}/bin/${os}/${arch}/kubectl`;
  return { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256` } };
}

/** https://github.com/kubernetes-sigs/kustomize/releases: tags with a slash in them. */
const kustomizeVersion = 'v5.8.1';

function kustomizeDownload({ os, arch }: Platform): Download {
  const release = `https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2F${kustomizeVersion}`;
  return {
    kind: 'download',
    url: `${release}/kustomize_${kustomizeVersion}_${os}_${arch}.tar.gz`,
    checksum: { format: 'listing', url: `${release}/checksums.txt` },
    archive: { format: 'tar.gz', member: 'kustomize' },
  };
}

/** Also needed to make the manifests that the flux program embeds. */
export const kustomizePin: GoPin = {
  version: kustomizeVersion,
  folder: 'kustomize',
  module: 'sigs.k8s.io/kustomize/kustomize/v5',
  programs: [{ name: 'kustomize', package: 'sigs.k8s.io/kustomize/kustomize/v5' }],
  linkerFlags: [],
  seconds: 8,
};

/** Programs that users of a cluster have, and that scenarios and engines run. */
export const clientPins: Readonly<Record<ClientName, ToolPin>> = {
  crane: {
    name: 'crane',
    files: ['crane'],
    official: {
      version: craneVersion,
      files: (platform) => [{ name: 'crane', from: craneDownload(platform) }],
      megabytes: 13,
    },
    go: {
      version: craneVersion,
      folder: 'crane',
      module: 'github.com/google/go-containerregistry',
      programs: [{ name: 'crane', package: 'github.com/google/go-containerregistry/cmd/crane' }],
      linkerFlags: [`-X github.com/google/go-containerregistry/cmd/crane/cmd.Version=${craneVersion}`],
      seconds: 20,
    },
    versionQuestion: { file: 'crane', args: ['version'], answer: /^(v?\d\S*)/ },
  },
  helm: {
    name: 'helm',
    files: ['helm'],
    official: {
      version: helmVersion,
      files: (platform) => [{ name: 'helm', from: helmDownload(platform) }],
      megabytes: 19,
    },
    go: {
      version: helmVersion,
      folder: 'helm',
      module: 'helm.sh/helm/v3',
      programs: [{ name: 'helm', package: 'helm.sh/helm/v3/cmd/helm' }],
      linkerFlags: [`-X helm.sh/helm/v3/internal/version.version=${helmVersion}`],
      seconds: 90,
    },
    versionQuestion: { file: 'helm', args: ['version', '--short'], answer: /(v[\d.]+)/ },
  },
  k6: {
    name: 'k6',
    files: ['k6'],
    official: {
      version: k6Version,
      files: (platform) => [{ name: 'k6', from: k6Download(platform) }],
      megabytes: 30,
    },
    go: {
      version: k6Version,
      folder: 'k6',
      module: 'go.k6.io/k6',
      programs: [{ name: 'k6', package: 'go.k6.io/k6' }],
      linkerFlags: [],
      seconds: 110,
    },
    versionQuestion: { file: 'k6', args: ['version'], answer: /k6 (v[\d.]+)/ },
  },
  kubectl: {
    name: 'kubectl',
    files: ['kubectl'],
    official: {
      version: kubectlVersion,
      files: (platform) => [{ name: 'kubectl', from: kubectlDownload(platform) }],
      megabytes: 58,
    },
    go: {
      version: kubectlVersion,
      folder: 'kubectl',
      module: 'k8s.io/kubernetes',
      programs: [{ name: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' }],
      linkerFlags: [
        `-X k8s.io/component-base/version.gitVersion=${kubectlVersion}`,
        `-X k8s.io/client-go/pkg/version.gitVersion=${kubectlVersion}`,
      ],
      seconds: 60,
    },
    versionQuestion: { file: 'kubectl', args: ['version', '--client'], answer: /Client Version: (\S+)/ },
  },
  kustomize: {
    name: 'kustomize',
    files: ['kustomize'],
    official: {
      version: kustomizeVersion,
      files: (platform) => [{ name: 'kustomize', from: kustomizeDownload(platform) }],
      megabytes: 7,
    },
    go: kustomizePin,
    versionQuestion: { file: 'kustomize', args: ['version'], answer: /(v[\d.]+)/ },
  },
};
