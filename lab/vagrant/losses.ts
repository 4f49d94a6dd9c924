import type { Machines } from './machines.ts';

/** What can be lost of a lab of machines, and made again. All throw explained errors, or the lab's signal's reason. */
export interface MachineLosses {
  /** Turns a worker off at once, as a power cut does; it keeps its disk. */
  readonly powerOffWorker: (name: string) => Promise<void>;
  /** Loses a worker with its disk. */
  readonly loseWorker: (name: string) => Promise<void>;
  /** Loses the controller with its disk, and so the cluster's data; the workers go on. */
  readonly loseController: () => Promise<void>;
  /** Makes and starts what is missing, and runs the playbook, which leaves alone what is as it should be. */
  readonly rebuild: () => Promise<void>;
}

/** The losses of a lab; `onExpected` is told which machines are going to end, `onBack` that all run again. */
export function machineLosses(
  { names, powerOff, destroy, up, setUp }: Omit<Machines, 'onMachine'>,
  onExpected: (lost: readonly string[]) => void,
  onBack: () => Promise<void>,
): MachineLosses {
  const demandWorker = (name: string): void => {
    if (name === 'controller' || !names.includes(name)) throw new Error(`the lab has no worker ${name}`);
  };
  const lose = async (name: string, by: (names: readonly string[]) => Promise<void>): Promise<void> => {
    onExpected([name]);
    await by([name]);
  };
  return {
    powerOffWorker: async (name) => {
      demandWorker(name);
      await lose(name, powerOff);
    },
    loseWorker: async (name) => {
      demandWorker(name);
      await lose(name, destroy);
    },
    loseController: async () => lose('controller', destroy),
    rebuild: async () => {
      await up();
      await setUp();
      await onBack();
    },
  };
}
