import { findContainerEngine } from '../lab/containers/container-engine.ts';
import { madeNodeImage } from '../lab/containers/node-image.ts';

async function engineWithNodes() {
  try {
    const found = await findContainerEngine(process.env);
    await found.run(['image', 'inspect', '--format', '{{.Id}}', madeNodeImage]);
    return found;
  } catch {
    return undefined;
  }
}

/** The container engine, where one answers that has an image for the nodes. */
export const engine = await engineWithNodes();
