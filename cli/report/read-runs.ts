import path from 'node:path';
import { wrongUsage } from '../../common/explained-error.ts';
import type { NamedResults, NamedRun } from '../../reports/record/named-run.ts';
import { locateRun } from '../locate-run.ts';
import type { Surroundings } from '../surroundings.ts';

/** The directory of a run of one scenario. */
async function locateOne(name: string, surroundings: Surroundings): Promise<string> {
  const directory = await locateRun(name, surroundings);
  const { isOverall } = await import('../../reports/record/overall.ts');
  if (!(await isOverall(directory))) return directory;
  throw wrongUsage(`"${name}" is an overall run`, 'name one of its parts; its report links to them');
}

/** Reads the runs that the user means, with their histories. Throws an explained error for the first that can't be read. */
export async function readRuns(typed: readonly string[], surroundings: Surroundings): Promise<NamedRun[]> {
  const { readRun } = await import('../../reports/record/reader.ts');
  const runs: NamedRun[] = [];
  for (const name of typed) runs.push({ name, ...(await readRun(await locateOne(name, surroundings))) });
  return runs;
}

/** Reads no more than the results of the runs that the user means. Throws an explained error for the first that can't be read. */
export async function readAllResults(
  typed: readonly string[],
  surroundings: Surroundings,
): Promise<NamedResults[]> {
  const { readResults } = await import('../../reports/record/reader.ts');
  const runs: NamedResults[] = [];
  for (const name of typed) {
    const directory = await locateOne(name, surroundings);
    runs.push({ name, directory, results: await readResults(path.join(directory, 'results.json')) });
  }
  return runs;
}
