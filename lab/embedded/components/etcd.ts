import type { ComponentSpec } from '../../process/component.ts';
import type { EmbeddedLayout, EmbeddedPorts } from '../layout.ts';

/** etcd with one member, reached by clients of the lab's authority alone. Flags: https://etcd.io/docs/v3.6/op-guide/configuration/ */
export function etcd(program: string, layout: EmbeddedLayout, ports: EmbeddedPorts): ComponentSpec {
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: 'etcd',
    program,
    args: [
      '--name=lab',
      `--data-dir=${layout.etcdData}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=lab=${peer}`,
      '--client-cert-auth',
      `--trusted-ca-file=${layout.authority}`,
      `--cert-file=${layout.etcd.certificate}`,
      `--key-file=${layout.etcd.privateKey}`,
      '--peer-client-cert-auth',
      `--peer-trusted-ca-file=${layout.authority}`,
      `--peer-cert-file=${layout.etcd.certificate}`,
      `--peer-key-file=${layout.etcd.privateKey}`,
      // A lab's data need not survive a power cut, and a slow disk must not slow what is measured.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
  };
}
