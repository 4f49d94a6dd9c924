import type { Estimate } from '../statistics/sample.ts';
import type { Operator } from './threshold.ts';

/** Not decided is not held: the run does not tell. */
export type Outcome = 'held' | 'broken' | 'not-decided';

const holds: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/**
 * Whether a figure, or what is left of it where it is only known to be more or less than a value, keeps to a limit.
 * A bound decides where everything beyond it lies on one side of the limit.
 */
export function decide(
  { value, relation }: { readonly value: number; readonly relation: Estimate['relation'] },
  operator: Operator,
  limit: number,
): Outcome {
  if (relation === 'equal') return holds[operator](value, limit) ? 'held' : 'broken';
  const isDecided = relation === 'moreThan' ? value >= limit : value <= limit;
  if (!isDecided) return 'not-decided';
  const asksForMore = operator === '>' || operator === '>=';
  return asksForMore === (relation === 'moreThan') ? 'held' : 'broken';
}
