import path from 'node:path';

/** Where the files of one embedded lab lie; all of them below the lab's own directory. */
export interface EmbeddedLayout {
  readonly etcdData: string;
  readonly authority: string;
  readonly etcd: { readonly certificate: string; readonly privateKey: string };
  readonly server: { readonly certificate: string; readonly privateKey: string };
  readonly token: { readonly publicKey: string; readonly privateKey: string };
  readonly stages: string;
  readonly kubeconfigs: Readonly<Record<'admin' | 'controllerManager' | 'scheduler' | 'kwok', string>>;
  readonly certificates: string;
}

/** The layout below `directory`. */
export function embeddedLayout(directory: string): EmbeddedLayout {
  const certificates = path.join(directory, 'certificates');
  const pair = (name: string) => ({
    certificate: path.join(certificates, `${name}.crt`),
    privateKey: path.join(certificates, `${name}.key`),
  });
  return {
    etcdData: path.join(directory, 'etcd'),
    certificates,
    authority: path.join(certificates, 'authority.crt'),
    etcd: pair('etcd'),
    server: pair('kube-apiserver'),
    token: {
      publicKey: path.join(certificates, 'token.pub'),
      privateKey: path.join(certificates, 'token.key'),
    },
    stages: path.join(directory, 'kwok-stages.yaml'),
    kubeconfigs: {
      admin: path.join(directory, 'kubeconfig'),
      controllerManager: path.join(certificates, 'kube-controller-manager.kubeconfig'),
      scheduler: path.join(certificates, 'kube-scheduler.kubeconfig'),
      kwok: path.join(certificates, 'kwok.kubeconfig'),
    },
  };
}

/** The loopback ports of one embedded lab. */
export interface EmbeddedPorts {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly server: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
}
