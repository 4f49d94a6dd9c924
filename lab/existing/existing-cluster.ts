import os from 'node:os';
import { wrongUsage } from '../../common/explained-error.ts';
import { openCluster } from '../kube/kube-access.ts';
import type { HostPlace } from '../provider.ts';
import { demandAnswer, demandValidCertificate } from './connection.ts';
import { demandConsent, runIntention } from './consent.ts';
import { findContext } from './contexts.ts';
import type { ExistingPlace } from './existing-lab.ts';
import { readNodes, type ClusterNodes } from './nodes.ts';
import type { ExistingOptions } from './options.ts';

/** The addresses of this machine that a server can listen at. */
function ownAddresses(): string[] {
  return Object.values(os.networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address),
  );
}

/** The address that servers of this machine listen at. Throws an explained error where none is named that the cluster could reach. */
export function chooseAddress(
  named: string | undefined,
  engineOnHost: boolean,
  own: readonly string[],
): string {
  if (named === undefined) {
    if (engineOnHost) return '127.0.0.1';
    throw wrongUsage(
      'it is not known how the cluster reaches the Git server of this machine',
      `name the address of this machine that its pods reach, which alone is listened at: --host-address ADDR (there are ${own.join(', ')})`,
    );
  }
  if (own.includes(named)) return named;
  throw wrongUsage(`--host-address "${named}" is no address of this machine`, `it has ${own.join(', ')}`);
}

/** Whether engines run on this machine. Throws an explained error where they can't run where they are wanted. */
export function chooseEnginePlace(
  wanted: ExistingOptions['engineOn'],
  { areSimulated }: Pick<ClusterNodes, 'areSimulated'>,
): boolean {
  if (wanted === 'cluster' && areSimulated) {
    throw wrongUsage(
      'engines can’t run in this cluster: its nodes are simulated, and no container starts there',
      'leave --engine-on out, and they run as processes of this machine with the rights of their ServiceAccounts',
    );
  }
  return wanted === 'host' || areSimulated;
}

/** Asks for consent, then looks at the cluster without changing it. Throws an explained error where no lab can be begun in it. */
export async function examineCluster(
  options: ExistingOptions,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly place: ExistingPlace; readonly host: HostPlace }> {
  if (options.context === undefined) {
    throw wrongUsage(
      '--lab existing needs the name of a context',
      'add --context NAME; kubectl config get-contexts lists them',
    );
  }
  const context = findContext(options.context, environment);
  demandValidCertificate(context, new Date());
  await demandConsent({
    ...context,
    intention: runIntention,
    given: options.consent,
    ask: options.ask,
  });
  const access = openCluster(context.config.exportConfig());
  try {
    await demandAnswer(context, access);
    const nodes = await readNodes(access);
    const engineOnHost = chooseEnginePlace(options.engineOn, nodes);
    return {
      place: {
        context,
        nodes,
        engineOnHost,
        isAdopting: options.adopt === true,
        loadCommand: options.loadImages,
        makesPublished: options.standIns === true,
      },
      host: { address: chooseAddress(options.hostAddress, engineOnHost, ownAddresses()) },
    };
  } finally {
    access.close();
  }
}
