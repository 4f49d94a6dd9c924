import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { demandConsent } from '../../lab/existing/consent.ts';
import { openToClear, type OpenedCluster } from '../../lab/existing/clear.ts';
import { listLabs } from '../../lab/home/labs.ts';
import { askAtTerminal } from '../ask.ts';
import type { Surroundings } from '../surroundings.ts';

interface ClearFlags {
  readonly context: string;
  readonly consent?: string | undefined;
}

/** A lab that still runs on this machine is ended as labs are. */
function demandNotRunning(lab: string): void {
  const here = listLabs().find(({ home }) => home.name === lab);
  if (here?.isOwnerRunning !== true) return;
  throw wrongUsage(
    `the lab "${lab}" still runs on this machine`,
    `wait until it has ended, or end it: ${ownCommand('lab', 'down', lab)}`,
  );
}

async function clearOpened(
  { context, look, clear }: OpenedCluster,
  { consent }: ClearFlags,
  { stdout, interruption }: Surroundings,
): Promise<void> {
  const left = await look();
  if (left === undefined) {
    stdout.write(`no lab has left anything in the cluster of the context ${context.name}\n`);
    return;
  }
  const { claim, objects } = left;
  demandNotRunning(claim.lab);
  const list = objects.map(({ kind, name, namespace }) => {
    const place = namespace === undefined ? '' : ` in ${namespace}`;
    return `  ${kind} ${name}${place}\n`;
  });
  stdout.write(`the lab "${claim.lab}", begun at ${claim.begun}, has left:\n${list.join('')}`);
  await demandConsent({
    ...context,
    intention: [
      'All that is listed above is removed from it, namespaces with everything that is in them.',
      'Where the run that made it still goes on, on another machine, that run fails.',
    ],
    given: consent,
    ask: process.stdin.isTTY ? askAtTerminal : undefined,
  });
  interruption.signal.throwIfAborted();
  await clear(left);
  stdout.write(`removed all of it from the cluster of the context ${context.name}\n`);
}

/** Removes what a lab whose home is gone has left in a cluster, after showing it and asking for consent. Throws an explained error. */
export async function clearCluster(flags: ClearFlags, surroundings: Surroundings): Promise<void> {
  const cluster = await openToClear(flags.context, surroundings.environment);
  try {
    await clearOpened(cluster, flags, surroundings);
  } finally {
    cluster.close();
  }
}
