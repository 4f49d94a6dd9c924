import type { OwnScenario } from '../../scenarios/own/load-scenarios.ts';
import { allScenarios, resolveUserPath, type Surroundings } from '../surroundings.ts';

/**
 * The scenarios of the directory that the user typed; none where nothing was. They are code of the user's, and nothing else is
 * loaded for who has none. Throws an explained error for the first thing that is wrong.
 */
export async function ownScenarios(
  typed: string | undefined,
  surroundings: Surroundings,
): Promise<readonly OwnScenario[]> {
  if (typed === undefined) return [];
  const { loadScenarios } = await import('../../scenarios/own/load-scenarios.ts');
  const builtIn = allScenarios(surroundings.registry).map(({ name }) => name);
  return loadScenarios(resolveUserPath(typed, surroundings), typed, builtIn);
}

/** What there is to choose from with the user's own scenarios, after the built-in ones. */
export function withScenarios(surroundings: Surroundings, own: readonly OwnScenario[]): Surroundings {
  const { registry } = surroundings;
  const [first, ...others] = registry.scenarios;
  const scenarios = [first, ...others, ...own.map(({ scenario }) => scenario)] as const;
  return { ...surroundings, registry: { ...registry, scenarios } };
}
