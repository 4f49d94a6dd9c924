import { mkdir, writeFile } from 'node:fs/promises';
import { kubeconfigText } from '../kube/kubeconfig.ts';
import {
  createCertificateAuthority,
  createTokenKeys,
  type CertificateAuthority,
  type KeyPair,
} from './certificates.ts';
import { kubernetesServiceAddress } from './components/kube-apiserver.ts';
import type { EmbeddedLayout } from './layout.ts';
import { kwokStages } from './stages.ts';

interface FilesSpec {
  readonly labName: string;
  readonly podStartMs: number;
  readonly layout: EmbeddedLayout;
  readonly serverUrl: string;
}

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
}

async function writePair(files: { certificate: string; privateKey: string }, pair: KeyPair): Promise<void> {
  await Promise.all([
    writeSecret(files.certificate, pair.certificate),
    writeSecret(files.privateKey, pair.privateKey),
  ]);
}

/** The users that Kubernetes' own roles name (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles). */
const clients = {
  admin: { user: 'gitops-lab-admin', groups: ['system:masters'] },
  controllerManager: { user: 'system:kube-controller-manager', groups: [] },
  scheduler: { user: 'system:kube-scheduler', groups: [] },
  kwok: { user: 'gitops-lab-kwok', groups: ['system:masters'] },
} as const;

/** Writes what the components read: certificates, kubeconfigs, token keys, the stages of KWOK; all of it for this user alone. */
export async function writeLabFiles({
  labName,
  podStartMs,
  layout,
  serverUrl,
}: FilesSpec): Promise<CertificateAuthority> {
  await mkdir(layout.certificates, { recursive: true, mode: 0o700 });
  const authority = await createCertificateAuthority(labName, new Date());
  const local = ['127.0.0.1', 'localhost'];
  const inCluster = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const tokenKeys = await createTokenKeys();
  await Promise.all([
    writeSecret(layout.authority, authority.certificate),
    writeSecret(layout.stages, kwokStages(podStartMs)),
    writeSecret(layout.token.publicKey, tokenKeys.publicKey),
    writeSecret(layout.token.privateKey, tokenKeys.privateKey),
    writePair(layout.etcd, await authority.issueServer('etcd', local)),
    writePair(
      layout.server,
      await authority.issueServer('kube-apiserver', [...local, ...inCluster, kubernetesServiceAddress]),
    ),
    ...Object.entries(clients).map(async ([name, { user, groups }]) => {
      const client = await authority.issueClient(user, groups);
      const text = kubeconfigText({
        server: serverUrl,
        authority: authority.certificate,
        client,
        name: labName,
      });
      await writeSecret(layout.kubeconfigs[name as keyof typeof clients], text);
      return text;
    }),
  ]);
  return authority;
}
