import { AuthenticationV1TokenRequest, CoreV1Api, KubeConfig, type User } from '@kubernetes/client-node';
import { writeFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import path from 'node:path';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { ProcessRuntime } from '../lab.ts';

const serviceAccount = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** A run may take hours; the server may give less (https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/). */
const tokenSeconds = 24 * 3600;

/** The same cluster for another user. */
function forUser(config: KubeConfig, user: Omit<User, 'name'>, namespace?: string): KubeConfig {
  const name = config.getCurrentContext();
  const cluster = config.getCurrentCluster();
  const own = new KubeConfig();
  own.loadFromOptions({
    clusters: cluster === null ? [] : [cluster],
    users: [{ name, ...user }],
    contexts: [
      { name, cluster: cluster?.name, user: name, ...(namespace === undefined ? {} : { namespace }) },
    ],
    currentContext: name,
  });
  return own;
}

const base64 = (value: unknown): string | undefined =>
  typeof value === 'string' || Buffer.isBuffer(value) ? Buffer.from(value).toString('base64') : undefined;

/** The kubeconfig with what the user is let in by just now in the place of the commands and files that it comes from: programs of the lab don't have the user's environment. */
export async function resolvedConfig(config: KubeConfig): Promise<KubeConfig> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { Authorization: header } = (options.headers ?? {}) as Readonly<Record<string, unknown>>;
  const token = typeof header === 'string' ? /^Bearer (.+)$/.exec(header)?.[1] : undefined;
  const [certData, keyData] = [base64(options.cert), base64(options.key)];
  const { username, password } = config.getCurrentUser() ?? {};
  return forUser(config, {
    ...(token === undefined ? {} : { token }),
    ...(certData === undefined || keyData === undefined ? {} : { certData, keyData }),
    ...(typeof username === 'string' && typeof password === 'string' ? { username, password } : {}),
  });
}

/** Writes kubeconfigs with tokens of ServiceAccounts, which the cluster gives out as it does to their pods. */
export function tokenKubeconfigs(
  { config }: KubeAccess,
  directory: string,
): ProcessRuntime['writeKubeconfig'] {
  const core = config.makeApiClient(CoreV1Api);
  return async (fileName, { user, namespace }) => {
    const [, own, name] = serviceAccount.exec(user) ?? [];
    if (own === undefined || name === undefined) throw new Error(`${user} is no ServiceAccount`);
    const spec = { audiences: [], expirationSeconds: tokenSeconds };
    const body = Object.assign(new AuthenticationV1TokenRequest(), { spec });
    const { status } = await core.createNamespacedServiceAccountToken({ name, namespace: own, body });
    const file = path.join(directory, fileName);
    const text = forUser(config, { token: status?.token ?? '' }, namespace).exportConfig();
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
}
