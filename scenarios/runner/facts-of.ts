import type { Observation } from '../../reports/record/observation.ts';

/** The facts of one type. */
export type FactOf<Type extends Observation['type']> = Extract<Observation, { type: Type }>;

/** The first fact of a type; undefined where there is none. */
export function findFact<Type extends Observation['type']>(
  facts: readonly Observation[],
  type: Type,
): FactOf<Type> | undefined {
  return facts.find((fact): fact is FactOf<Type> => fact.type === type);
}
