import type { ComponentSpec } from '../../process/component.ts';
import type { EmbeddedLayout, EmbeddedPorts } from '../layout.ts';

/** Flags: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ */
export function kubeControllerManager(
  program: string,
  layout: EmbeddedLayout,
  ports: EmbeddedPorts,
): ComponentSpec {
  return {
    name: 'kube-controller-manager',
    program,
    args: [
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.controllerManager}`,
      `--kubeconfig=${layout.kubeconfigs.controllerManager}`,
      '--leader-elect=false',
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${layout.token.privateKey}`,
      `--root-ca-file=${layout.authority}`,
      // KWOK's nodes need no pod address ranges, and no cloud knows them.
      '--controllers=*,-node-ipam-controller,-node-route-controller,-service-lb-controller,-cloud-node-lifecycle-controller',
      '--profiling=false',
    ],
  };
}
