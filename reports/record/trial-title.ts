import type { Iteration } from './schema.ts';

/** A trial's name in the names of files, such as that of its logs: `flux` for the engine's first one, `flux-2` for its second. */
export function trialTitle({ engine, trial }: Pick<Iteration, 'engine' | 'trial'>): string {
  return trial === 1 ? engine : `${engine}-${trial}`;
}
