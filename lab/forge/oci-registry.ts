import getPort from 'get-port';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { waitUntil } from '../../common/wait.ts';
import type { ComponentSpec, StartedComponent } from '../process/component.ts';
import { followLog } from '../process/follow-log.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';
import { pushEmptyImage } from './empty-image.ts';

/** What a registry is made of. */
export const registryTools: readonly ToolName[] = ['crane'];

const startTimeoutMs = 30_000;

/** What it takes to start a registry; a `Lab` has the first two. */
export interface RegistryPlace {
  /** From `chooseRegistryHost`. */
  readonly host: string;
  /** What is pushed lies below it, and is removed with it. */
  readonly directory: string;
  readonly run: (component: ComponentSpec) => Promise<StartedComponent>;
  readonly tools: ReadonlyMap<ToolName, Tool>;
  readonly signal: AbortSignal;
}

/** A registry for images and charts that takes pushes from everyone on this machine. */
export interface OciRegistry {
  /** Host and port, as they stand before the name of a repository: `127.0.0.1:41234`. */
  readonly host: string;
  /** The tags of a repository, in no order; none where nothing was pushed to it. Throws where the registry does not answer. */
  readonly tagsOf: (repository: string) => Promise<readonly string[]>;
  /** Pushes an image without content; returns when the registry has taken its tag. Throws where it takes none. */
  readonly pushImage: (repository: string, tag: string) => Promise<void>;
  /** Tells of what others ask of it and push to it, as soon as it has answered, until the returned function is called. */
  readonly follow: (onRequest: (request: RegistryRequest) => void) => Promise<() => void>;
}

/** What someone did at a registry. */
export type RegistryRequest =
  | { readonly type: 'tags-read'; readonly repository: string }
  | { readonly type: 'tag-pushed'; readonly repository: string; readonly tag: string };

/** A line of its log on a request that it could answer (`root` in pkg/registry/registry.go of go-containerregistry). */
export function parseRequest(line: string): RegistryRequest | undefined {
  const read = /GET \/v2\/(\S+)\/tags\/list(?:\?\S*)?$/.exec(line);
  if (read?.[1] !== undefined) return { type: 'tags-read', repository: read[1] };
  const push = /PUT \/v2\/(\S+)\/manifests\/([^\s/]+)$/.exec(line);
  if (push?.[1] === undefined || push[2] === undefined) return undefined;
  return { type: 'tag-pushed', repository: push[1], tag: push[2] };
}

/** A free place at an address of this machine, for a registry that Git names before it is started: host and port. */
export async function chooseRegistryHost(address: string): Promise<string> {
  return `${address}:${await getPort({ host: address })}`;
}

/** The registry that comes with crane (https://github.com/google/go-containerregistry/blob/main/cmd/crane/doc/crane_registry_serve.md). */
function registryComponent({ directory, tools, host }: RegistryPlace): ComponentSpec {
  return {
    name: 'oci-registry',
    program: fileOf(tools, 'crane', 'crane'),
    args: ['registry', 'serve', `--address=${host}`, `--disk=${path.join(directory, 'oci-registry')}`],
  };
}

/** Asks for tags (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags). */
async function readTags(host: string, repository: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${host}/v2/${repository}/tags/list`);
  if (answer.status === 404) return [];
  if (!answer.ok) throw new Error(`the registry answers with status ${answer.status}`);
  const { tags } = (await answer.json()) as { readonly tags?: readonly string[] };
  return tags ?? [];
}

/** Starts a registry there, without TLS, as a component of a lab; returns when it answers. Throws an explained error where it does not. */
export async function startOciRegistry(place: RegistryPlace): Promise<OciRegistry> {
  const { host, directory, run, signal } = place;
  await mkdir(path.join(directory, 'oci-registry'), { recursive: true, mode: 0o700 });
  const { ended, logFile } = await run(registryComponent(place));
  await waitUntil(async () => ((await fetch(`http://${host}/v2/`, { signal })).ok ? true : undefined), {
    goal: 'the registry to answer',
    timeoutMs: startTimeoutMs,
    signal,
    hopeless: ended,
  });
  return {
    host,
    tagsOf: async (repository) => readTags(host, repository),
    pushImage: async (repository, tag) => pushEmptyImage(`http://${host}`, repository, tag),
    follow: async (onRequest) =>
      followLog(logFile, (line) => {
        const request = parseRequest(line);
        if (request !== undefined) onRequest(request);
      }),
  };
}
