import type { ComponentSpec } from '../../process/component.ts';
import type { EmbeddedLayout, EmbeddedPorts } from '../layout.ts';

/** Flags: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/ */
export function kubeScheduler(program: string, layout: EmbeddedLayout, ports: EmbeddedPorts): ComponentSpec {
  return {
    name: 'kube-scheduler',
    program,
    args: [
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.scheduler}`,
      `--kubeconfig=${layout.kubeconfigs.scheduler}`,
      '--leader-elect=false',
      '--profiling=false',
    ],
  };
}
