import { stringify } from 'yaml';

interface KubeconfigParts {
  readonly server: string;
  readonly authority: string;
  readonly client: { readonly certificate: string; readonly privateKey: string };
  /** The name of the cluster, the user and the context. */
  readonly name: string;
  readonly namespace?: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig that holds all it needs, as YAML text. */
export function kubeconfigText({ server, authority, client, name, namespace }: KubeconfigParts): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    contexts: [
      { name, context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) } },
    ],
    users: [
      {
        name,
        user: {
          'client-certificate-data': base64(client.certificate),
          'client-key-data': base64(client.privateKey),
        },
      },
    ],
  });
}
