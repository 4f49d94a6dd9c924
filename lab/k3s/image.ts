import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import type { ContainerEngine } from '../containers/container-engine.ts';
import { hasImage, pullImage } from '../containers/engine-images.ts';
import { k3sImage } from '../toolchain/k3s-pin.ts';

/** Names an image that takes the place of the pinned one. */
export const k3sImageVariable = 'GITOPS_LAB_K3S_IMAGE';

/** What to do where there is none; other kinds of labs need no such image. */
export const withoutK3sImage = `load it by hand (docs/labs/k3s.md), name one that you have (${k3sImageVariable}=IMAGE), or use --lab kind or --lab embedded`;

/** The image that a cluster is made from. */
export function chosenK3sImage(environment: NodeJS.ProcessEnv): string {
  const named = environment[k3sImageVariable];
  return named === undefined || named === '' ? k3sImage : named;
}

/** Has the engine pull the image where it does not have it yet; its name. Throws an explained error where it can't be had, or the signal's reason. */
export async function provideK3sImage(
  engine: ContainerEngine,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  const image = chosenK3sImage(environment);
  if (await hasImage(engine, image, signal)) return image;
  try {
    await pullImage(engine, image, signal);
    return image;
  } catch (error) {
    signal.throwIfAborted();
    throw new ExplainedError({
      what: `the image ${image} can't be had`,
      why: error instanceof ExplainedError ? (error.why ?? error.message) : messageOf(error),
      next: withoutK3sImage,
      cause: error,
    });
  }
}
