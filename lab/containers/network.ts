import { once } from 'node:events';
import { createServer } from 'node:net';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { ContainerEngine } from './container-engine.ts';

/** The network of all our nodes; kind's own is left to the user's clusters. */
export const networkName = 'gitops-lab';

const gatewayQuestions = {
  docker: '{{range .IPAM.Config}}{{.Gateway}} {{end}}',
  podman: '{{range .Subnets}}{{.Gateway}} {{end}}',
} as const;

/** The first IPv4 address of a list apart by spaces. */
export function firstIpv4(text: string): string | undefined {
  return text.split(/\s+/).find((word) => /^\d+(?:\.\d+){3}$/.test(word));
}

/** The address of this machine on a network; undefined where there is no such network, or it has no IPv4. Throws the signal's reason alone. */
export async function gatewayOf(
  { name, run }: ContainerEngine,
  network: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return firstIpv4(await run(['network', 'inspect', '--format', gatewayQuestions[name], network], signal));
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/**
 * The address of this machine on the network of the nodes, which is made where it is not there yet; it stays, and costs nothing.
 * Throws an explained error where there is none, or the signal's reason.
 */
export async function openNetwork(engine: ContainerEngine, signal: AbortSignal): Promise<string> {
  const known = await gatewayOf(engine, networkName, signal);
  if (known !== undefined) return known;
  try {
    await engine.run(['network', 'create', '--driver', 'bridge', networkName], signal);
  } catch (error) {
    // Another run may have made it meanwhile.
    const gateway = await gatewayOf(engine, networkName, signal);
    if (gateway !== undefined) return gateway;
    throw new ExplainedError({
      what: `the network of the nodes could not be made`,
      why: messageOf(error),
      next: `look whether ${engine.name} network create ${networkName} works`,
      cause: error,
    });
  }
  const gateway = await gatewayOf(engine, networkName, signal);
  if (gateway !== undefined) return gateway;
  throw new ExplainedError({
    what: `the network ${networkName} has no IPv4 gateway`,
    next: `remove it, so that it is made anew: ${engine.name} network rm ${networkName}`,
  });
}

/** Whether a server of this machine can listen at an address now. A list of addresses would not tell: it leaves out those of networks without a container. */
async function canListen(address: string): Promise<boolean> {
  const server = createServer().listen(0, address);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * Sees to it that servers of this machine can listen at the address of the network. Docker gives the machine that address with the
 * network; Podman with the first container on it, so that one of `image` is run for a moment. Throws an explained error where the
 * machine has not got it all the same, as without root, or the signal's reason.
 */
export async function claimAddress(
  { name, run }: ContainerEngine,
  { address, image }: { readonly address: string; readonly image: string },
  signal: AbortSignal,
  isOurs: (address: string) => Promise<boolean> = canListen,
): Promise<void> {
  if (await isOurs(address)) return;
  if (name === 'podman')
    await run(['run', '--rm', '--network', networkName, '--entrypoint', 'true', image], signal);
  if (await isOurs(address)) return;
  throw new ExplainedError({
    what: `nothing of this machine can listen at ${address}, its address on the network ${networkName}`,
    why:
      name === 'podman'
        ? 'nodes find Git there; a rootless Podman keeps its networks to itself, and others take the address away with the last container'
        : 'nodes find Git there; Docker Desktop keeps its networks in a virtual machine',
    next:
      name === 'podman'
        ? `run Podman as root, with a container that stays on the network: podman run --detach --network ${networkName} --entrypoint sleep ${image} infinity`
        : 'use Docker Engine on Linux, or --lab embedded',
  });
}
