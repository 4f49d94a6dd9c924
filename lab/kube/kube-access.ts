import { KubeConfig, KubernetesObjectApi, PatchStrategy, type RequestContext } from '@kubernetes/client-node';
import { Agent, request, type AgentOptions, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { ExplainedError } from '../../common/explained-error.ts';
import { bareObject, valueAt, type LiveObject, type ObjectReference } from './objects.ts';
import { tableLines, tableMediaType, type TableColumns } from './table.ts';

/**
 * A kubeconfig whose requests share their connections. The client's own makes an agent, and so a TLS
 * handshake, for each request, which would be part of every time that is measured.
 */
class ConnectedKubeConfig extends KubeConfig {
  #agent: Agent | undefined;
  /** What its connections let the user in by: `certificate, key`. */
  #identity = '';
  /** Watches may go on in connections of an earlier certificate. */
  readonly #earlier: Agent[] = [];

  /** `https.Agent` keeps its options in a field that its types leave out. A certificate that was renewed needs connections of its own. */
  #keptAgent(fresh: unknown): Agent {
    const options = valueAt(fresh, 'options') as AgentOptions;
    const identity = [options.cert, options.key].map(String).join();
    if (this.#agent !== undefined && identity === this.#identity) return this.#agent;
    if (this.#agent !== undefined) this.#earlier.push(this.#agent);
    this.#identity = identity;
    this.#agent = new Agent({ ...options, keepAlive: true });
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
    for (const agent of this.#earlier) agent.destroy();
    this.#agent?.destroy();
  }
}

/** The fields that a patch sets; lists of containers and their variables are merged by name. */
interface ObjectChange {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: object;
}

/** A connection to one cluster. */
export interface KubeAccess {
  readonly config: KubeConfig;
  /** Changes fields of an object, in the name of a field manager. */
  readonly patch: (object: ObjectReference, change: ObjectChange, manager: string) => Promise<void>;
  /** Creates an object or makes it as given, by server-side apply. */
  readonly apply: (object: LiveObject, manager: string) => Promise<void>;
  /** Deletes an object, and in the background what it owns. */
  readonly remove: (object: ObjectReference) => Promise<void>;
  /** Deletes an object without the time to end that it is given otherwise. */
  readonly removeNow: (object: ObjectReference) => Promise<void>;
  /** The answer to a GET of a REST path, parsed; rejects where the server does not answer 200. */
  readonly get: (path: string) => Promise<unknown>;
  /** The answer to a GET of a REST path as a table, a line each, as `kubectl get` prints it; the server's refusal, too. */
  readonly table: (path: string, columns: TableColumns) => Promise<readonly string[]>;
  /** Ends the kept connections. */
  readonly close: () => void;
}

/** Nothing that is asked for this way takes long; a server that hangs must not hang who waits for it. */
const answerTimeoutMs = 30_000;

/** Sends a GET; answers the status and the body. */
async function ask(config: KubeConfig, path: string, accept = '*/*'): Promise<[number, string]> {
  const server = config.getCurrentCluster()?.server ?? '';
  const options: RequestOptions = { headers: { accept } };
  await config.applyToHTTPSOptions(options);
  return new Promise<[number, string]>((resolve, reject) => {
    const sent = request(new URL(server + path), options, (response) => {
      text(response).then((received) => {
        resolve([response.statusCode ?? 0, received]);
      }, reject);
    });
    sent
      .on('error', reject)
      .setTimeout(answerTimeoutMs, () => sent.destroy(new Error('the API server did not answer')))
      .end();
  });
}

async function getJson(config: KubeConfig, path: string): Promise<unknown> {
  const [status, body] = await ask(config, path);
  if (status !== 200)
    throw new ExplainedError({
      what: `the API server answered ${status} to ${path}`,
      why: body.slice(0, 300),
    });
  return body.startsWith('{') ? JSON.parse(body) : body;
}

function strategyOf({ apiVersion }: ObjectReference): PatchStrategy {
  // Only Kubernetes' own kinds say how their lists are merged.
  const isBuiltIn = !apiVersion.includes('.');
  return isBuiltIn ? PatchStrategy.StrategicMergePatch : PatchStrategy.MergePatch;
}

/** Opens a cluster by the text of a kubeconfig; nothing is sent yet. */
export function openCluster(kubeconfig: string): KubeAccess {
  const config = new ConnectedKubeConfig();
  config.loadFromString(kubeconfig);
  const objects = config.makeApiClient(KubernetesObjectApi);
  const { ServerSideApply } = PatchStrategy;
  return {
    config,
    patch: async (object, { annotations, spec }, manager) => {
      const bare = bareObject(object);
      const metadata = annotations === undefined ? bare.metadata : { ...bare.metadata, annotations };
      const patch = { ...bare, metadata, ...(spec === undefined ? {} : { spec }) };
      await objects.patch(patch, undefined, undefined, manager, undefined, strategyOf(object));
    },
    apply: async (object, manager) => {
      await objects.patch(object, undefined, undefined, manager, true, ServerSideApply);
    },
    remove: async (object) => {
      await objects.delete(bareObject(object), undefined, undefined, undefined, undefined, 'Background');
    },
    removeNow: async (object) => {
      await objects.delete(bareObject(object), undefined, undefined, 0, undefined, 'Background');
    },
    get: async (path) => getJson(config, path),
    table: async (path, columns) => {
      const [, body] = await ask(config, path, tableMediaType);
      return tableLines(body, columns);
    },
    close: () => {
      config.close();
    },
  };
}
