import os from 'node:os';
import { startClock } from '../../common/clock.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import { findContainerEngine } from '../../lab/containers/container-engine.ts';
import { makeMachineBox } from '../../lab/vagrant/machine-box.ts';
import type { Surroundings } from '../surroundings.ts';

/** Makes a Vagrant box for virtual machines, and says how Vagrant gets it. Throws an explained error where that can't be done here. */
export async function bringMachineBox({ environment, interruption, stdout }: Surroundings): Promise<void> {
  if (process.platform !== 'linux') {
    throw wrongUsage(
      `boxes can't be made on ${os.type()}`,
      'they are for libvirt, which runs on Linux; make it there',
    );
  }
  const file = await makeMachineBox({
    engine: await findContainerEngine(environment),
    environment,
    clock: startClock(),
    signal: interruption.signal,
    notice: (line) => void stdout.write(`${line}\n`),
  });
  stdout.write(
    `the box is ready; give it to Vagrant: vagrant box add --force --name gitops-lab/machine '${file}'\n`,
  );
}
