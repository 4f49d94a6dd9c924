import test from 'ava';
import { findContainerEngine } from '../lab/containers/container-engine.ts';
import { madeNodeImage } from '../lab/kind/node-image.ts';

/** The container engine, where one answers that has an image for the nodes. */
async function engineWithNodes() {
  try {
    const found = await findContainerEngine(process.env);
    await found.run(['image', 'inspect', '--format', '{{.Id}}', madeNodeImage]);
    return found;
  } catch {
    return undefined;
  }
}

export const engine = await engineWithNodes();

/** A test whose nodes are containers. Without a container engine and an image for the nodes, the summary says that it was skipped. */
export const withNodes = engine === undefined ? test.serial.skip : test.serial;
