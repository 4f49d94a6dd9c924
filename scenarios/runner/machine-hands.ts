import { wrongUsage } from '../../common/explained-error.ts';
import { podsOf } from '../../lab/pods/pods-of.ts';
import type { FaultHands, MachineHands } from '../scenario.ts';
import type { MachineKeeper } from './machine-keeper.ts';
import { chooseWorker, moveAway } from './machine-pods.ts';
import type { TrialContext } from './trial-context.ts';

/** CoreDNS is all that can be moved there. */
const dnsNamespace = 'kube-system';

function demandMachines({ machines, scenario }: TrialContext): MachineKeeper {
  if (machines !== undefined) return machines;
  throw wrongUsage(
    `the lab of ${scenario.name} has no machines that can be lost`,
    "say so in the scenario: machines: 'power'",
  );
}

/** Has all parts of the engine run on a worker of the application, or on none of it; true where any had to move. */
async function settleOn(
  context: TrialContext,
  where: 'engine' | 'no engine',
): Promise<{ readonly worker: string; readonly hasMoved: boolean }> {
  const { access, application, engine, signal } = context;
  const { workers } = demandMachines(context);
  const ofApplication = await podsOf(access, application.namespace);
  const ofEngine = await podsOf(access, engine.namespace);
  const worker = chooseWorker({ workers, ofApplication, ofEngine }, where);
  const forbidden = workers.filter((one) => (one === worker) === (where === 'no engine'));
  // Without the cluster's names no engine reaches its own parts: that would be the loss of them as well.
  if (where === 'no engine') await moveAway(access, dnsNamespace, forbidden, signal);
  return { worker, hasMoved: await moveAway(access, engine.namespace, forbidden, signal) };
}

/** What a fault can do to the machines of a trial's lab. */
export function machineHands(
  context: TrialContext,
  { commitRelease, untilApplied }: Pick<FaultHands, 'commitRelease' | 'untilApplied'>,
): MachineHands {
  const { waiting } = context;
  return {
    workerWith: async (where) => {
      const { worker, hasMoved } = await waiting(settleOn(context, where));
      if (!hasMoved) return worker;
      // Its new pods may be ready before they have taken over.
      await commitRelease();
      await untilApplied();
      return worker;
    },
    controller: () => demandMachines(context).controller,
    powerOff: async (machine) => demandMachines(context).powerOff(machine),
    powerOn: async (machine) => waiting(demandMachines(context).powerOn(machine)),
    rebuild: async (machine) => waiting(demandMachines(context).rebuild(machine)),
    untilMissed: async (machine) => waiting(demandMachines(context).untilMissed(machine)),
    untilBack: async (machine) => waiting(demandMachines(context).untilBack(machine)),
  };
}
