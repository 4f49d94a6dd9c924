import { KubeConfig, KubernetesObjectApi, type RequestContext } from '@kubernetes/client-node';
import { Agent, request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { ExplainedError } from '../../common/explained-error.ts';
import { valueAt } from './objects.ts';

/**
 * A kubeconfig whose requests share their connections. The client's own makes an agent, and so a TLS
 * handshake, for each request, which would be part of every time that is measured.
 */
class ConnectedKubeConfig extends KubeConfig {
  #agent: Agent | undefined;

  /** `https.Agent` keeps its options in a field that its types leave out. */
  #keptAgent(fresh: unknown): Agent {
    this.#agent ??= new Agent({ ...(valueAt(fresh, 'options') as object), keepAlive: true });
    return this.#agent;
  }

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    context.setAgent(this.#keptAgent(context.getAgent()));
  }

  override async applyToHTTPSOptions(options: RequestOptions): Promise<void> {
    await super.applyToHTTPSOptions(options);
    options.agent = this.#keptAgent(options.agent);
  }

  close(): void {
    this.#agent?.destroy();
  }
}

/** A connection to one cluster. */
export interface KubeAccess {
  readonly config: KubeConfig;
  readonly objects: KubernetesObjectApi;
  /** The answer to a GET of a REST path, parsed; rejects where the server does not answer 200. */
  readonly get: (path: string) => Promise<unknown>;
  /** Ends the kept connections. */
  readonly close: () => void;
}

async function getJson(config: KubeConfig, path: string): Promise<unknown> {
  const server = config.getCurrentCluster()?.server ?? '';
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const [status, body] = await new Promise<[number, string]>((resolve, reject) => {
    const sent = request(new URL(server + path), options, (response) => {
      text(response).then((received) => {
        resolve([response.statusCode ?? 0, received]);
      }, reject);
    });
    sent.on('error', reject).end();
  });
  if (status !== 200)
    throw new ExplainedError({
      what: `the API server answered ${status} to ${path}`,
      why: body.slice(0, 300),
    });
  return body.startsWith('{') ? JSON.parse(body) : body;
}

/** Opens a cluster by the text of a kubeconfig; nothing is sent yet. */
export function openCluster(kubeconfig: string): KubeAccess {
  const config = new ConnectedKubeConfig();
  config.loadFromString(kubeconfig);
  return {
    config,
    objects: config.makeApiClient(KubernetesObjectApi),
    get: async (path) => getJson(config, path),
    close: () => {
      config.close();
    },
  };
}
