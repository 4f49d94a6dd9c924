import type { Contrast } from '../record/contrast.ts';
import type { EngineName } from '../record/schema.ts';
import type { Arm } from './arm.ts';
import { comparePairs, type Comparison, type Pair } from './comparison.ts';

/** Two disturbances set against each other, with a comparison for each engine. */
export interface AnalysedContrast {
  readonly contrast: Contrast;
  /** The first arm is that of the disturbance that the answer speaks of, the second that of the one that it is held against. */
  readonly comparisons: readonly Comparison[];
}

/**
 * Compares the times to restore of the disturbances that a question sets against each other, within each engine, as engines are compared with each
 * other after one disturbance. Holm's correction is over all of these. What was not measured at all is left out.
 */
export function analyseContrasts(
  contrasts: readonly Contrast[],
  engines: readonly EngineName[],
  arms: readonly Arm[],
): AnalysedContrast[] {
  const asked = contrasts.flatMap((contrast) =>
    engines.flatMap((engine) => pairOf(contrast, engine, arms).map((pair) => ({ contrast, pair }))),
  );
  const comparisons = comparePairs(asked.map(({ pair }) => pair));
  return contrasts.flatMap((contrast) => {
    const own = comparisons.filter((_, index) => asked[index]?.contrast === contrast);
    return own.length === 0 ? [] : [{ contrast, comparisons: own }];
  });
}

function pairOf({ of, against }: Contrast, engine: EngineName, arms: readonly Arm[]): Pair[] {
  const armAfter = (disturbance: string): Arm | undefined =>
    arms.find((arm) => arm.disturbance === disturbance && arm.engine === engine && arm.time === 'restore');
  const [first, second] = [armAfter(of), armAfter(against)];
  if (first === undefined || second === undefined) return [];
  return first.samples.length + second.samples.length === 0 ? [] : [[first, second]];
}
