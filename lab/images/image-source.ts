import { ExplainedError } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { hasImage, pullImage } from '../containers/engine-images.ts';
import type { NeededImage } from './image.ts';

/** How an image was come by. */
export type ImageOrigin = 'engine' | 'made';

/** Whether the engine has the image now, pulled if need be. */
async function has(
  engine: ContainerEngine,
  { reference, isPublished }: NeededImage,
  signal: AbortSignal,
): Promise<boolean> {
  if (await hasImage(engine, reference, signal)) return true;
  if (!isPublished) return false;
  try {
    await pullImage(engine, reference, signal);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/**
 * Where to take an image from: the container engine's store, into which it is pulled if it can be, or its recipe.
 * Throws an explained error where it can be had by neither, or the signal's reason.
 */
export async function sourceOf(
  engine: ContainerEngine,
  image: NeededImage,
  signal: AbortSignal,
): Promise<ImageOrigin> {
  if (await has(engine, image, signal)) return 'engine';
  if (image.recipe !== undefined) return 'made';
  throw new ExplainedError({
    what: `the image ${image.reference} can't be had`,
    why: `${engine.name} has no such image and could not pull it, and the lab does not know how to make it`,
    next: `look whether ${engine.name} pull ${image.reference} works, or load the image by hand: ${engine.name} load`,
  });
}
