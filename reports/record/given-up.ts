import type { Iteration } from './schema.ts';

/** How the reason of an iteration ends whose engine stopped trying. */
export const gaveUpReason = 'the engine says that it will not try again on this revision';

/** Whether the watching of a censored iteration ended because the engine would not try again, and not by the timeout. */
export function wasGivenUp({ verdict, reason }: Pick<Iteration, 'verdict' | 'reason'>): boolean {
  return verdict === 'censored' && reason.endsWith(gaveUpReason);
}
