import type { ComponentSpec } from '../../process/component.ts';
import type { EmbeddedLayout, EmbeddedPorts } from '../layout.ts';

/** The address range of Services; no packet is ever sent to one in a lab whose pods are simulated. */
export const serviceRange = '10.96.0.0/16';
/** The address that the API server gives to its own Service: the first of the range. */
export const kubernetesServiceAddress = '10.96.0.1';

/** Flags: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
export function kubeApiserver(program: string, layout: EmbeddedLayout, ports: EmbeddedPorts): ComponentSpec {
  return {
    name: 'kube-apiserver',
    program,
    args: [
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      // The endpoint of the `kubernetes` Service can't be a loopback address, so it is left out.
      '--endpoint-reconciler-type=none',
      `--secure-port=${ports.server}`,
      `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
      `--etcd-cafile=${layout.authority}`,
      `--etcd-certfile=${layout.etcd.certificate}`,
      `--etcd-keyfile=${layout.etcd.privateKey}`,
      `--tls-cert-file=${layout.server.certificate}`,
      `--tls-private-key-file=${layout.server.privateKey}`,
      `--client-ca-file=${layout.authority}`,
      '--authorization-mode=Node,RBAC',
      '--anonymous-auth=false',
      '--allow-privileged=true',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${layout.token.publicKey}`,
      `--service-account-signing-key-file=${layout.token.privateKey}`,
      `--service-cluster-ip-range=${serviceRange}`,
      '--profiling=false',
    ],
  };
}
