import { findNamed } from '../choices.ts';
import { allScenarios, type Surroundings } from '../surroundings.ts';
import type { RunRequest } from '../../scenarios/runner/run-request.ts';
import type { ScenarioFlags } from './flags.ts';
import { planOf, planText } from './plan.ts';
import { subjectOf } from '../view/view-state.ts';
import { runOfRequest, type PreparedRun, type PreparedSeries } from './prepared-run.ts';
import { presenting, presentingWith } from './present.ts';
import { buildRequest } from './request.ts';

/** The run that a request describes, with its plan. */
export function preparedRun(request: RunRequest, flags: ScenarioFlags): PreparedRun {
  return {
    ...runOfRequest(request, {
      planOf,
      planText,
      make: async (context) => {
        const { runScenario } = await import('../../scenarios/runner/run-scenario.ts');
        return runScenario(request, context);
      },
    }),
    resumes: request.resumes,
    subject: subjectOf(request.scenario.name, request, request.disturbances),
    present: presentingWith(request.profile, flags),
    demand: request.lab.demand,
    goOn: (run) => preparedRun({ ...request, resumes: run }, flags),
  };
}

/** A new run of the scenario of a name. Throws an explained error where there is none, or where a flag is wrong. */
export async function prepareScenario(
  name: string,
  flags: ScenarioFlags,
  surroundings: Pick<Surroundings, 'registry' | 'environment'>,
  words: readonly string[],
): Promise<PreparedRun | PreparedSeries> {
  const { registry, environment } = surroundings;
  findNamed('scenario', name, allScenarios(registry));
  const other = registry.otherScenarios.find((scenario) => scenario.name === name);
  if (other !== undefined) {
    presenting(flags);
    return other.prepare(flags, environment, words);
  }
  const request = await buildRequest(name, flags, surroundings, words);
  return preparedRun(request, flags);
}
