import type { ContainerEngine } from './container-engine.ts';

/** A registry that is there answers sooner; one that is not must not hold up a lab. */
const pullTimeoutMs = 300_000;

/** Whether the engine has the image. Throws the signal's reason alone. */
export async function hasImage(
  { run }: ContainerEngine,
  reference: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await run(['image', 'inspect', '--format', '{{.Id}}', reference], signal);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Has the engine pull an image. Throws an explained error where it can't be pulled within 5 minutes, or the signal's reason. */
export async function pullImage(
  { run }: ContainerEngine,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  await run(['pull', reference], AbortSignal.any([signal, AbortSignal.timeout(pullTimeoutMs)]));
}
