import { K3sContainer } from '@testcontainers/k3s';

/** The port of the API server (https://docs.k3s.io/installation/requirements#networking). */
export const apiPort = 6443;

/**
 * The arguments of k3s (https://docs.k3s.io/cli/server): without the parts that no scenario needs, each of which would pull an image.
 * Since 1.35 a kubelet refuses to start on cgroup v1 unless it is told otherwise (https://kubernetes.io/docs/concepts/architecture/cgroups/).
 */
export function serverArguments(cgroupVersion: 1 | 2): string[] {
  return [
    'server',
    '--disable=traefik,servicelb,metrics-server,local-storage',
    ...(cgroupVersion === 1 ? ['--kubelet-arg=fail-cgroupv1=false'] : []),
  ];
}

interface ContainerOptions {
  readonly image: string;
  /** What the node is called. */
  readonly hostname: string;
  readonly network: string;
  readonly cgroupVersion: 1 | 2;
  readonly startTimeoutMs: number;
  /** Aborted, the container is not started any more. */
  readonly signal: AbortSignal;
}

/**
 * The container of a k3s lab. It differs from the library's in what would reach beyond the lab: its port is open on the loopback interface alone, where
 * the library opens two on all of them; and it has the cgroups that the engine gives it, where the library shares the host's, in which the kubelets of
 * two labs would find each other's pods.
 */
export class LabContainer extends K3sContainer {
  readonly #signal: AbortSignal;

  constructor({ image, hostname, network, cgroupVersion, startTimeoutMs, signal }: ContainerOptions) {
    super(image);
    this.#signal = signal;
    delete this.hostConfig.Binds;
    delete this.hostConfig.CgroupnsMode;
    this.exposedPorts = [apiPort];
    this.createOpts.ExposedPorts = { [`${apiPort}/tcp`]: {} };
    this.hostConfig.PortBindings = { [`${apiPort}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] };
    this.withHostname(hostname)
      .withNetworkMode(network)
      .withCommand(serverArguments(cgroupVersion))
      .withStartupTimeout(startTimeoutMs);
  }

  protected override async containerCreated(): Promise<void> {
    this.#signal.throwIfAborted();
    return Promise.resolve();
  }
}
