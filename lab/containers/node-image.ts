import type { ContainerEngine } from './container-engine.ts';

/** Names an image for the nodes that takes the place of all others. */
export const nodeImageVariable = 'GITOPS_LAB_NODE_IMAGE';

/** The image that is made here where none can be pulled; see docs/labs/offline.md. */
export const madeNodeImage = 'kindest/node:v1.36.3-local';

/** What the nodes are made from; undefined where the kind program is to pull the one that it was released with. */
export async function chooseNodeImage(
  { run }: ContainerEngine,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  const named = environment[nodeImageVariable];
  if (named !== undefined && named !== '') return named;
  try {
    await run(['image', 'inspect', '--format', '{{.Id}}', madeNodeImage], signal);
    return madeNodeImage;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
