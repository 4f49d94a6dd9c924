import { createHash } from 'node:crypto';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { gatewayOf } from '../containers/network.ts';

/** The network of the machines of all labs; its addresses are ours to give, so that a machine keeps its own. */
const networkName = 'gitops-lab-vagrant';

/** Private networks (RFC 1918) that few others use; the first that is free here is taken. */
const subnets = ['172.30.240', '172.30.241', '10.213.77', '10.213.78', '192.168.213'];

/** Of a subnet of 256 addresses; the first few are left to the computer itself. */
const firstUsable = 10;
const lastUsable = 250;

/** The network of the machines, as far as they have to know it. */
export interface MachineNetwork {
  readonly name: string;
  /** The first three numbers of its addresses. */
  readonly subnet: string;
  /** The address of this computer in it. */
  readonly gateway: string;
}

const networkAt = (gateway: string): MachineNetwork => ({
  name: networkName,
  subnet: gateway.split('.').slice(0, 3).join('.'),
  gateway,
});

/** The network of the machines, which is made where it is not there yet; it stays. Throws an explained error, or the signal's reason. */
export async function openMachineNetwork(
  engine: ContainerEngine,
  signal: AbortSignal,
): Promise<MachineNetwork> {
  let why = '';
  const known = await gatewayOf(engine, networkName, signal);
  if (known !== undefined) return networkAt(known);
  for (const subnet of subnets) {
    const addresses = ['--subnet', `${subnet}.0/24`, '--gateway', `${subnet}.1`];
    try {
      await engine.run(['network', 'create', '--driver', 'bridge', ...addresses, networkName], signal);
      return networkAt(`${subnet}.1`);
    } catch (error) {
      signal.throwIfAborted();
      // Another run may have made it meanwhile.
      const gateway = await gatewayOf(engine, networkName, signal);
      if (gateway !== undefined) return networkAt(gateway);
      why = error instanceof ExplainedError ? (error.why ?? error.message) : messageOf(error);
    }
  }
  throw new ExplainedError({
    what: 'the network of the machines could not be made',
    why,
    next: `make it by hand, with a subnet that is free here: docker network create --subnet A.B.C.0/24 --gateway A.B.C.1 ${networkName}`,
  });
}

/**
 * The last number of the first of `count` addresses in a row that are free. Where it is looked for first follows from the lab's
 * directory, so that labs that start at once don't meet. Throws an explained error where there are no such.
 */
export function chooseAddresses(count: number, taken: ReadonlySet<number>, directory: string): number {
  const places = lastUsable - firstUsable - count + 2;
  const start = createHash('sha256').update(directory).digest().readUInt16BE(0);
  for (let step = 0; step < places; step += 1) {
    const first = firstUsable + ((start + step) % places);
    const block = Array.from({ length: count }, (_, index) => first + index);
    if (block.every((address) => !taken.has(address))) return first;
  }
  throw new ExplainedError({
    what: `the network ${networkName} has no ${count} free addresses in a row`,
    next: `end labs that you no longer need: ${ownCommand('lab', 'status')} shows them`,
  });
}

/** The last numbers of the addresses that containers have or keep, those of stopped ones included. */
export async function takenAddresses(run: ContainerEngine['run'], signal: AbortSignal): Promise<Set<number>> {
  const list = ['ps', '--all', '--quiet', '--filter', `network=${networkName}`];
  const ids = (await run(list, signal)).split('\n').filter((id) => id !== '');
  if (ids.length === 0) return new Set();
  const format = `{{with index .NetworkSettings.Networks "${networkName}"}}{{.IPAddress}} {{with .IPAMConfig}}{{.IPv4Address}}{{end}}{{end}}`;
  const answer = await run(['inspect', '--format', format, ...ids], signal);
  return new Set([...answer.matchAll(/\d+\.\d+\.\d+\.(\d+)/g)].map(([, last]) => Number(last)));
}
