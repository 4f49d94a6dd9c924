import { wrongUsage } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import type { EngineName } from '../../reports/record/schema.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Registry } from '../surroundings.ts';

type Chosen = readonly EngineName[] | undefined;

/** The engines that a scenario is run with where none is chosen, and of which some can be chosen. */
export function enginesOf(
  { engines }: Pick<Scenario, 'engines'>,
  registry: Pick<Registry, 'engines'>,
): readonly EngineName[] {
  return engines ?? registry.engines;
}

/** Throws an explained error where an engine is chosen that the scenario of a name can't be run with; `scenarios` are those that may be run with it. */
export function demandEngines(
  name: string,
  chosen: Chosen,
  able: readonly EngineName[],
  scenarios: readonly Pick<Scenario, 'name' | 'engines'>[],
): void {
  const wrong = chosen?.find((engine) => !able.includes(engine));
  if (wrong === undefined) return;
  const others = scenarios.filter(({ engines }) => engines?.includes(wrong) === true);
  throw wrongUsage(
    `${name} can't be run with --engine ${wrong}`,
    [
      `it takes ${able.join(', ')}`,
      ...others.map((one) => `with ${wrong}: ${ownCommand('scenario', one.name, '--engine', wrong)}`),
    ].join('; '),
  );
}
