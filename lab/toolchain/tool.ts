/** The programs of the lab, as they are pinned and built. */
export const toolNames = [
  'etcd',
  'kubernetes',
  'kwok',
  'flux',
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'argocd',
  'redis',
  'kwokctl',
  'argocd-image-updater',
  'crane',
  'helm',
  'kubectl',
  'kustomize',
  'gitea',
  'k6',
  'kind',
  'web',
  'kubernetes-node',
  'node-etcd',
  'containerd',
  'crictl',
  'cni-plugins',
  'coredns',
  'local-path-provisioner',
  'node-programs',
  'bounded-runc',
  'debian-node',
  'debian-net',
  'debian-base',
] as const;

export type ToolName = (typeof toolNames)[number];

/** Where a tool came from: the user's own directory, a release download, a container image, a Go build, or Debian packages. */
export const origins = ['own', 'release', 'image', 'go', 'debian'] as const;

/** Whether a file of a tool is run; manifests and file systems are read. */
export const isProgram = (fileName: string): boolean => !/\.(?:yaml|tar)$/.test(fileName);

export type Origin = (typeof origins)[number];

/** A tool that is ready to run. */
export interface Tool {
  readonly name: ToolName;
  /** As the pin says it, or as the program says it where the user brought it; `unknown` where it can't say. */
  readonly version: string;
  readonly origin: Origin;
  /** A directory, an address, an image reference, or a Go module and the Go version that built it. */
  readonly source: string;
  /** Of the one file; of `sha256sum`'s listing of all files, sorted by name, where there are several. */
  readonly sha256: string;
  /** Program or file name -> absolute path. */
  readonly files: Readonly<Record<string, string>>;
}
