import type { ComponentSpec } from '../../process/component.ts';
import type { EmbeddedLayout, EmbeddedPorts } from '../layout.ts';

/** How long a node's lease lasts; the kubelet's own default (https://kubernetes.io/docs/concepts/architecture/leases/). */
const nodeLeaseSeconds = 40;

/** KWOK, which plays the kubelet of every node. Flags: https://kwok.sigs.k8s.io/docs/generated/kwok/ */
export function kwok(program: string, layout: EmbeddedLayout, ports: EmbeddedPorts): ComponentSpec {
  return {
    name: 'kwok',
    program,
    args: [
      `--kubeconfig=${layout.kubeconfigs.kwok}`,
      `--config=${layout.stages}`,
      '--manage-all-nodes=true',
      `--node-lease-duration-seconds=${nodeLeaseSeconds}`,
      `--server-address=127.0.0.1:${ports.kwok}`,
    ],
  };
}
