import { suggestName } from '../../common/nearest-name.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { objectNames } from '../runner/judge.ts';
import type { Application, Disturbance, ObjectName, Scenario } from '../scenario.ts';
import type { Problem } from './check-application.ts';

/** Every object that a disturbance names, with the field that does. */
function namedBy(disturbance: Disturbance): (readonly [string, ObjectName])[] {
  const { restores, readies } = disturbance;
  const target = disturbance.kind === 'drift' ? [disturbance.target] : [];
  const removes = disturbance.kind === 'change' ? disturbance.removes : [];
  const after = disturbance.kind === 'change' ? disturbance.after : undefined;
  const { breaks = [], removes: removed = [] } = after ?? {};
  return Object.entries({ target, restores, readies, removes, breaks, 'after.removes': removed }).flatMap(
    ([field, names]) => names.map((name) => [field, name] as const),
  );
}

/** A change is made of what Git has, so that it can be tried without a lab. */
function changeProblem(disturbance: Disturbance, objects: readonly LiveObject[]): Problem | undefined {
  if (disturbance.kind !== 'change') return undefined;
  try {
    const before = disturbance.after?.change(objects) ?? objects;
    const after = disturbance.change(objects);
    if (JSON.stringify(before) !== JSON.stringify(after)) return undefined;
    return { what: 'the change leaves Git as it is', next: 'return other objects than it was given' };
  } catch (error) {
    return {
      what: `the change can't be made: ${error instanceof Error ? error.message : String(error)}`,
      next: 'name an object that the application has',
    };
  }
}

function ownProblem(disturbance: Disturbance, application: Application): Problem | undefined {
  const known = objectNames(application);
  const stranger = namedBy(disturbance).find(([, name]) => !known.includes(name));
  if (stranger !== undefined) {
    const [field, name] = stranger;
    return { what: `${field}: the application has no "${name}"`, next: suggestName(name, known) };
  }
  return changeProblem(disturbance, application.objectsAt(1));
}

function noticeProblem({ needs = [], disturbances }: Scenario): Problem | undefined {
  const owing = disturbances.find(({ notice }) => notice !== undefined);
  if (owing === undefined || needs.includes('notifications')) return undefined;
  return {
    what: `disturbance "${owing.name}" has a notice, and no engine is asked to send notifications`,
    next: "write needs: ['notifications']",
  };
}

/** Only what is done can be set against each other. */
function contrastProblem({ contrasts = [], disturbances }: Scenario): Problem | undefined {
  const known = disturbances.map(({ name }) => name);
  const stranger = contrasts
    .flatMap(({ of, against }) => [of, against])
    .find((name) => !known.includes(name));
  const same = contrasts.find(({ of, against }) => of === against);
  if (same !== undefined)
    return { what: `contrasts: "${same.of}" is held against itself`, next: 'name another disturbance' };
  if (stranger === undefined) return undefined;
  return { what: `contrasts: there is no disturbance "${stranger}"`, next: suggestName(stranger, known) };
}

/** The first thing that is wrong with a scenario's disturbances, of which each has the right shape. */
export function disturbancesProblem(scenario: Scenario): Problem | undefined {
  const { disturbances, application } = scenario;
  const names = disturbances.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined)
    return { what: `two disturbances are named "${twin}"`, next: 'give each a name of its own' };
  for (const disturbance of disturbances) {
    const problem = ownProblem(disturbance, application);
    if (problem !== undefined)
      return { ...problem, what: `disturbance "${disturbance.name}": ${problem.what}` };
  }
  return contrastProblem(scenario) ?? noticeProblem(scenario);
}
