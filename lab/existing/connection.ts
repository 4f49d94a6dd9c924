import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { KubeAccess } from '../kube/kube-access.ts';
import type { ChosenContext } from './contexts.ts';

/** What the API server says of itself. */
interface ServerVersion {
  readonly gitVersion: string;
}

/** Why a request failed and what helps, by the error codes of Node (https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes) and the server's answers. */
const knownFailures: readonly (readonly [RegExp, string, string])[] = [
  [/ECONNREFUSED/, 'nothing listens at its address', 'look whether the cluster runs'],
  [
    /ENOTFOUND|EAI_AGAIN/,
    'its name has no address',
    'look at the server of the context, and at the connection',
  ],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|did not answer/,
    'it does not answer',
    'look whether this machine can reach it, for example whether a VPN is up',
  ],
  [
    /CERT_HAS_EXPIRED|certificate has expired/,
    'the certificate of its API server has expired',
    'have the certificate of the cluster renewed',
  ],
  [
    /UNABLE_TO_VERIFY|SELF_SIGNED|self-signed|unable to (?:get|verify)|ALTNAME/i,
    'its certificate is not the one that the kubeconfig expects, so another cluster may answer there',
    'fetch the kubeconfig of the cluster anew',
  ],
  [
    /answered 401|Unauthorized/,
    'the credentials of the kubeconfig are refused; they may have expired',
    'log in again, or fetch the kubeconfig anew',
  ],
  [
    /answered 403|Forbidden/,
    'the user of the context may not ask it',
    'ask for the rights, or use another context',
  ],
];

function textOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return `${typeof code === 'string' ? code : ''} ${messageOf(error)}`;
}

/** A failure to reach a cluster, in words that help. */
export function explainConnection(
  { name, server }: Pick<ChosenContext, 'name' | 'server'>,
  error: unknown,
): ExplainedError {
  const text = textOf(error);
  const known = knownFailures.find(([pattern]) => pattern.test(text));
  return new ExplainedError({
    what: `the cluster of the context "${name}" can't be used: ${server}`,
    why: known === undefined ? text.trim() : `${known[1]} (${text.trim().slice(0, 200)})`,
    next: known?.[2] ?? `look whether kubectl --context ${name} version works`,
    cause: error,
  });
}

/** The certificate by which the context's user is let in, where it is one of the kubeconfig. */
function clientCertificate({ config }: ChosenContext): X509Certificate | undefined {
  const user = config.getCurrentUser();
  const { certData, certFile } = user ?? {};
  // The parser of kubeconfigs leaves nulls where its types say undefined.
  if (typeof certData === 'string') return new X509Certificate(Buffer.from(certData, 'base64'));
  return typeof certFile === 'string' ? new X509Certificate(readFileSync(certFile)) : undefined;
}

/** Throws an explained error where the certificate of the context's user is not valid now. */
export function demandValidCertificate(context: ChosenContext, now: Date): void {
  let certificate: X509Certificate | undefined;
  try {
    certificate = clientCertificate(context);
  } catch (error) {
    throw explainConnection(context, error);
  }
  if (certificate === undefined || new Date(certificate.validTo) > now) return;
  throw new ExplainedError({
    what: `the certificate in the kubeconfig of the context "${context.name}" has expired`,
    why: `it was valid until ${new Date(certificate.validTo).toISOString()}`,
    next: 'fetch the kubeconfig of the cluster anew',
  });
}

/** Asks the API server for its version. Throws an explained error where it can't be reached or does not let the user in. */
export async function demandAnswer(context: ChosenContext, access: KubeAccess): Promise<ServerVersion> {
  try {
    // Anybody may ask for the version; who may ask what they are allowed to is let in.
    await access.get('/apis/authorization.k8s.io/v1');
    return (await access.get('/version')) as ServerVersion;
  } catch (error) {
    throw explainConnection(context, error instanceof ExplainedError ? new Error(error.message) : error);
  }
}
