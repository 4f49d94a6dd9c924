import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine, ContainerEngineName } from './container-engine.ts';

/** What each tells the address of its interface by (https://docs.docker.com/reference/cli/docker/context/inspect/, https://docs.podman.io/en/latest/markdown/podman-info.1.html). */
const questions: Readonly<Record<ContainerEngineName, readonly string[]>> = {
  docker: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'],
  podman: ['info', '--format', 'unix://{{.Host.RemoteSocket.Path}}'],
};

/** The socket of the engine, as its own program knows it: `unix:///var/run/docker.sock`. Throws an explained error where it is not on this machine. */
export async function socketOf({ name, run }: ContainerEngine, signal: AbortSignal): Promise<string> {
  // Some releases of Podman write the scheme themselves.
  const address = (await run(questions[name], signal)).trim().replace('unix://unix://', 'unix://');
  if (/^(?:unix|npipe):\/\/\S/.test(address)) return address;
  throw new ExplainedError({
    what: `${name} is not on this machine`,
    why: `it is reached at "${address}", and what runs there can't reach the Git server of this machine`,
    next: 'choose an engine on this machine (for Docker: docker context use default), or use --lab embedded',
  });
}

/**
 * Has testcontainers use this engine, instead of the one that it would find by itself. It can be told by the environment of this process alone
 * (https://node.testcontainers.org/configuration/). Throws an explained error where it can't, or the signal's reason.
 */
export async function directTestcontainers(engine: ContainerEngine, signal: AbortSignal): Promise<void> {
  process.env['DOCKER_HOST'] = await socketOf(engine, signal);
}
