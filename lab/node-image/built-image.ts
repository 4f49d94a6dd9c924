import type { ContainerEngine } from '../containers/container-engine.ts';
import { digestOf } from '../toolchain/digest.ts';

/** The label of our images that says what they were made from. */
export const keyLabel = 'io.gitops-lab.made-from';

/** What is known of an image: `ours` and from the same parts, `stale` where the parts were others, or another's. */
export type ImageState = 'absent' | 'current' | 'stale' | 'foreign';

/** A digest that changes whenever one of the parts does; the order of names does not matter. */
export function keyOf(parts: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(parts).sort(([left], [right]) => (left < right ? -1 : 1));
  return digestOf(JSON.stringify(sorted));
}

/** What the label of an image, or its absence, says. */
export function stateFrom(label: string | undefined, key: string): ImageState {
  if (label === undefined) return 'absent';
  if (label === '' || label === '<no value>') return 'foreign';
  return label === key ? 'current' : 'stale';
}

/** Asks the engine for an image. */
export async function stateOf(
  { run }: ContainerEngine,
  image: string,
  key: string,
  signal: AbortSignal,
): Promise<ImageState> {
  const question = `{{ index .Config.Labels "${keyLabel}" }}`;
  try {
    return stateFrom((await run(['image', 'inspect', '--format', question, image], signal)).trim(), key);
  } catch {
    signal.throwIfAborted();
    return 'absent';
  }
}
