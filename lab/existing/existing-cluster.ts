import os from 'node:os';
import { wrongUsage } from '../../common/explained-error.ts';
import { openCluster } from '../kube/kube-access.ts';
import type { HostPlace } from '../provider.ts';
import { demandAnswer, demandValidCertificate } from './connection.ts';
import { demandConsent, runIntention } from './consent.ts';
import { findContext, type ChosenContext } from './contexts.ts';
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

/** The contexts that are named, each another cluster. Throws an explained error. */
export function chooseContexts(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): readonly ChosenContext[] {
  const contexts = names.map((name) => findContext(name, environment));
  const twice = contexts.find(
    ({ server }, index) => contexts.findIndex((one) => one.server === server) < index,
  );
  if (twice === undefined) return contexts;
  throw wrongUsage(`two contexts are of one cluster: ${twice.server}`, 'name each cluster once');
}

/** The command that brings images into the nodes of each cluster. Throws an explained error where there are neither one nor as many as clusters. */
export function chooseLoadCommands(
  commands: readonly string[],
  clusterCount: number,
): readonly (string | undefined)[] {
  if (![0, 1, clusterCount].includes(commands.length)) {
    throw wrongUsage(
      `--load-images is given ${commands.length} times, and there are ${clusterCount} clusters`,
      'give it once for all of them, or once for each context in their order',
    );
  }
  return Array.from({ length: clusterCount }, (_, index) => commands[index] ?? commands[0]);
}

/** Looks at a cluster without changing it. Throws an explained error where no lab can be begun in it. */
async function examineOne(
  context: ChosenContext,
  loadCommand: string | undefined,
  options: ExistingOptions,
): Promise<ExistingPlace> {
  const access = openCluster(context.config.exportConfig());
  try {
    await demandAnswer(context, access);
    const nodes = await readNodes(access);
    return {
      context,
      nodes,
      engineOnHost: chooseEnginePlace(options.engineOn, nodes),
      isAdopting: options.adopt === true,
      loadCommand,
      makesPublished: options.standIns === true,
    };
  } finally {
    access.close();
  }
}

/** Asks for consent, then looks at the clusters without changing them. Throws an explained error where no lab can be begun in one. */
export async function examineClusters(
  { context: names = [], consent, ask, loadImages = [], ...options }: ExistingOptions,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly places: readonly ExistingPlace[]; readonly host: HostPlace }> {
  if (names.length === 0) {
    throw wrongUsage(
      '--lab existing needs the name of a context',
      'add --context NAME; kubectl config get-contexts lists them',
    );
  }
  const contexts = chooseContexts(names, environment);
  const commands = chooseLoadCommands(loadImages, contexts.length);
  for (const [index, context] of contexts.entries()) {
    demandValidCertificate(context, new Date());
    const given = consent?.[index] ?? consent?.[0];
    await demandConsent({ ...context, intention: runIntention, given, ask });
  }
  const looking = contexts.map(async (context, index) => examineOne(context, commands[index], options));
  const places = await Promise.all(looking);
  const areOnHost = places.every(({ engineOnHost }) => engineOnHost);
  return { places, host: { address: chooseAddress(options.hostAddress, areOnHost, ownAddresses()) } };
}
