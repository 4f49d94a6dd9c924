import os from 'node:os';
import { startClock } from '../../common/clock.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { findContainerEngine } from '../../lab/containers/container-engine.ts';
import { makeNodeImage } from '../../lab/node-image/make-node-image.ts';
import { toolchainProgress } from '../../lab/toolchain/terminal.ts';
import type { Surroundings } from '../surroundings.ts';

/** Makes an image for nodes in Docker or Podman. Throws an explained error where that can't be done here. */
export async function bringNodeImage(
  image: string,
  { environment, interruption, stdout }: Surroundings,
): Promise<void> {
  if (process.platform !== 'linux') {
    throw wrongUsage(
      `node images can't be made on ${os.type()}`,
      'make it on Debian, and copy it: docker save, docker load; see docs/labs/offline.md',
    );
  }
  const engine = await findContainerEngine(environment);
  await makeNodeImage({
    engine,
    image,
    environment,
    progress: toolchainProgress(stdout),
    clock: startClock(),
    signal: interruption.signal,
  });
  stdout.write(
    `${image} is ready in ${engine.name}; start a lab with it: ${ownCommand('lab', 'up', '--lab', 'kind')}\n`,
  );
}
