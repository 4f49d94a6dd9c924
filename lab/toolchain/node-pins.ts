import type { Download, ToolPin } from './pin.ts';
import type { Platform } from './platform.ts';

type NodeToolName = 'kind' | 'web';

/** https://github.com/kubernetes-sigs/kind/releases: programs, each with a .sha256sum beside it (hack/release/build/cross.sh). */
const kindVersion = 'v0.33.0';

function kindDownload({ os, arch }: Platform): Download {
  const url = `https://github.com/kubernetes-sigs/kind/releases/download/${kindVersion}/kind-${os}-${arch}`;
  return { kind: 'download', url, checksum: { format: 'bare', url: `${url}.sha256sum` } };
}

/** Programs of labs whose nodes and pods are real: what makes the nodes, and what runs in them. */
export const nodePins: Readonly<Record<NodeToolName, ToolPin>> = {
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
  web: {
    name: 'web',
    files: ['web'],
    official: undefined,
    go: {
      version: 'v1.0.0',
      folder: 'web',
      module: 'gitops-lab.invalid/toolchain/web',
      programs: [{ name: 'web', package: '.' }],
      linkerFlags: [],
      runsInNodes: true,
      seconds: 10,
    },
  },
};
