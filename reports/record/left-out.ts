import type { Iteration } from './schema.ts';

/** The reason of an iteration that whoever presented had left out. */
export const leftOutReason = 'left out by whoever presented; nothing was disturbed';

/** Whether an iteration was planned, and left out by whoever presented. */
export function wasLeftOut({ verdict, reason }: Pick<Iteration, 'verdict' | 'reason'>): boolean {
  return verdict === 'invalid' && reason === leftOutReason;
}
