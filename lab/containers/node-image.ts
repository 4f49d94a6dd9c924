import { ownCommand } from '../../common/own-command.ts';
import type { ContainerEngine } from './container-engine.ts';
import { hasImage } from './engine-images.ts';

/** Names an image for the nodes that takes the place of all others. */
export const nodeImageVariable = 'GITOPS_LAB_NODE_IMAGE';

/** The image that is made here where none can be pulled; see docs/labs/offline.md. */
export const madeNodeImage = 'kindest/node:v1.36.3-local';

/** What the pinned kind program pulls (https://github.com/kubernetes-sigs/kind/blob/v0.33.0/pkg/apis/config/defaults/image.go). */
export const kindsOwnImage =
  'kindest/node:v1.37.0@sha256:a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5';

/** What to do where no image is there and none can be pulled. */
export const withoutNodeImage = `make one here (${ownCommand('lab', 'node-image')} makes ${madeNodeImage}), or name one that you have: ${nodeImageVariable}=IMAGE`;

function namedImage(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment[nodeImageVariable];
  return named === '' ? undefined : named;
}

/** What nodes can be made from, the first that is there is taken. */
export function nodeImages(environment: NodeJS.ProcessEnv): readonly [string, ...string[]] {
  const named = namedImage(environment);
  return named === undefined ? [madeNodeImage, kindsOwnImage] : [named];
}

/** What the nodes are made from; undefined where the kind program is to pull the one that it was released with. */
export async function chooseNodeImage(
  engine: ContainerEngine,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  const named = namedImage(environment);
  if (named !== undefined) return named;
  return (await hasImage(engine, madeNodeImage, signal)) ? madeNodeImage : undefined;
}
