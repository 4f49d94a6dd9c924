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
