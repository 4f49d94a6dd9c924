import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from './container-engine.ts';
import { claimAddress, firstIpv4 } from './network.ts';

test('of the gateways of a network the IPv4 one is taken', (t) => {
  t.is(firstIpv4('fc00:f853:ccd:e793::1 172.18.0.1 '), '172.18.0.1');
  t.is(firstIpv4(' '), undefined);
});

const { signal } = new AbortController();
const wanted = { address: '10.89.0.1', image: 'kindest/node:v1' };

/** An engine on a machine that has the address from the first container on, or never. */
function machineWith(name: ContainerEngine['name'], raises: boolean) {
  const commands: string[] = [];
  const engine: ContainerEngine = {
    name,
    version: '1',
    cgroupVersion: 2,
    run: async (args) => {
      commands.push(args.join(' '));
      return Promise.resolve('');
    },
  };
  return {
    commands,
    claim: async () =>
      claimAddress(engine, wanted, signal, async () => Promise.resolve(raises && commands.length > 0)),
  };
}

test('Podman gives the machine its address on a network with the first container there', async (t) => {
  const { claim, commands } = machineWith('podman', true);
  await claim();
  t.deepEqual(commands, ['run --rm --network gitops-lab --entrypoint true kindest/node:v1']);
});

test('where the machine does not get it, nothing could be reached there, and what helps is said', async (t) => {
  const { claim, commands } = machineWith('docker', true);
  await t.throwsAsync(claim(), { message: /can listen at 10\.89\.0\.1/ });
  t.deepEqual(commands, [], 'Docker makes the address with the network');
  const error = await t.throwsAsync(machineWith('podman', false).claim(), { instanceOf: ExplainedError });
  t.regex(error.next ?? '', /as root/);
});

test('an address that the machine has is taken as it is, and one that it has not is told of', async (t) => {
  const { run } = { run: async () => Promise.resolve('') };
  const engine = { name: 'docker', version: '1', cgroupVersion: 2, run } as const;
  await t.notThrowsAsync(claimAddress(engine, { ...wanted, address: '127.0.0.1' }, signal));
  await t.throwsAsync(claimAddress(engine, { ...wanted, address: '192.0.2.77' }, signal), {
    message: /can listen at 192\.0\.2\.77/,
  });
});
