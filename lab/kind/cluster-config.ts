import { stringify } from 'yaml';

interface ClusterConfigOptions {
  readonly nodes: number;
  /** What nodes are made from; as the kind program chooses where this is left out. */
  readonly image: string | undefined;
  readonly cgroupVersion: 1 | 2;
}

/** Since 1.35 a kubelet refuses to start on cgroup v1 unless it is told otherwise (https://kubernetes.io/docs/concepts/architecture/cgroups/). */
const onCgroup1 = stringify({ kind: 'KubeletConfiguration', failCgroupV1: false });

/** The configuration of a cluster (https://kind.sigs.k8s.io/docs/user/configuration/): one control plane, the rest workers. */
export function clusterConfig({ nodes, image, cgroupVersion }: ClusterConfigOptions): string {
  const made = image === undefined ? {} : { image };
  return stringify({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { apiServerAddress: '127.0.0.1' },
    nodes: Array.from({ length: nodes }, (_, index) => ({
      role: index === 0 ? 'control-plane' : 'worker',
      ...made,
    })),
    ...(cgroupVersion === 1 ? { kubeadmConfigPatches: [onCgroup1] } : {}),
  });
}
