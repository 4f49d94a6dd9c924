import type { Results } from '../../reports/record/schema.ts';
import type { Registry } from '../surroundings.ts';

/**
 * Adds to results that do not say what their question sets against each other (those before version 5) what the scenario of that name says now. What
 * was recorded stays as it is.
 */
export function completing({ scenarios }: Pick<Registry, 'scenarios'>): (results: Results) => Results {
  return (results) => {
    const { scenario } = results;
    const declared = scenarios.find(({ name }) => name === scenario.name)?.contrasts;
    if (scenario.contrasts !== undefined || declared === undefined) return results;
    return { ...results, scenario: { ...scenario, contrasts: [...declared] } };
  };
}
