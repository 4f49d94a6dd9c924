import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createCertificateAuthority } from '../embedded/certificates.ts';
import { openCluster, type KubeAccess } from './kube-access.ts';
import { kubeconfigText } from './kubeconfig.ts';

/** A request as the server in the test got it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** Parsed where it is JSON; undefined where there is none. */
  readonly body: unknown;
}

type Handler = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server that speaks HTTPS as an API server does, and a cluster access that its certificates let in. */
export interface TestApiServer extends AsyncDisposable {
  readonly access: KubeAccess;
  /** Every request but those for discovery, in the order in which they came. */
  readonly requests: readonly ReceivedRequest[];
}

/** What the client asks before it writes: where the objects of a kind lie. */
const served: Readonly<Record<string, readonly (readonly [kind: string, name: string])[]>> = {
  '/api/v1': [
    ['Namespace', 'namespaces'],
    ['ConfigMap', 'configmaps'],
    ['Service', 'services'],
    ['Pod', 'pods'],
    ['Node', 'nodes'],
  ],
  '/apis/apps/v1': [['Deployment', 'deployments']],
  '/apis/networking.k8s.io/v1': [['NetworkPolicy', 'networkpolicies']],
  '/apis/apiextensions.k8s.io/v1': [['CustomResourceDefinition', 'customresourcedefinitions']],
};
const clusterKinds = ['Namespace', 'Node', 'CustomResourceDefinition'];

function resourcesAt(path: string) {
  const resources = served[path]?.map(([kind, name]) => ({
    kind,
    name,
    singularName: kind.toLowerCase(),
    namespaced: !clusterKinds.includes(kind),
    verbs: [],
  }));
  return resources && { kind: 'APIResourceList', groupVersion: path.replace(/^\/apis?\//, ''), resources };
}

/** Answers with JSON. */
export function answer(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function received(request: IncomingMessage): Promise<ReceivedRequest> {
  const url = new URL(request.url ?? '/', 'https://localhost');
  const body = await text(request);
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    body: body.startsWith('{') ? (JSON.parse(body) as unknown) : undefined,
  };
}

/** Starts a server on loopback that answers discovery by itself and everything else by `handle`. */
export async function serveApi(handle: Handler): Promise<TestApiServer> {
  const authority = await createCertificateAuthority('test', new Date());
  const pair = await authority.issueServer('kube-apiserver', ['127.0.0.1']);
  const client = await authority.issueClient('tester', ['system:masters']);
  const requests: ReceivedRequest[] = [];
  const tls = { cert: pair.certificate, key: pair.privateKey, ca: authority.certificate, requestCert: true };
  const server = createServer(tls, (request, response) => {
    void received(request).then((got) => {
      const resources = resourcesAt(got.path);
      if (resources !== undefined) {
        answer(response, resources);
        return;
      }
      requests.push(got);
      handle(got, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const access = openCluster(
    kubeconfigText({
      server: `https://127.0.0.1:${port}`,
      authority: authority.certificate,
      client,
      name: 'test',
    }),
  );
  return {
    access,
    requests,
    [Symbol.asyncDispose]: async () => {
      access.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
