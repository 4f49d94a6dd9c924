import path from 'node:path';
import { findRun } from '../reports/record/find-run.ts';
import { allScenarios, resolveUserPath, runsDirectory, type Surroundings } from './surroundings.ts';

/** The directory of the run that the user means: `latest`, a scenario's newest run, or a path. Throws an explained error. */
export async function locateRun(typed: string, surroundings: Surroundings): Promise<string> {
  if (typed === 'latest') return findRun(typed, runsDirectory);
  const isScenario = allScenarios(surroundings.registry).some(({ name }) => name === typed);
  const named = isScenario ? path.join(runsDirectory, typed, 'latest') : resolveUserPath(typed, surroundings);
  return findRun(named, runsDirectory);
}
