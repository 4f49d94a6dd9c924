import { wrongUsage } from '../../common/explained-error.ts';
import type { RecordedRun } from '../../reports/record/reader.ts';
import { locateRun } from '../locate-run.ts';
import type { Surroundings } from '../surroundings.ts';

/** A run, and how the user named it. */
interface NamedRun {
  readonly name: string;
  readonly run: RecordedRun;
}

/** Reads the runs that the user means, each a run of one scenario. Throws an explained error for the first that can't be read. */
export async function readRuns(
  typed: readonly string[],
  surroundings: Surroundings,
): Promise<readonly NamedRun[]> {
  const { isOverall } = await import('../../reports/record/overall.ts');
  const { readRun } = await import('../../reports/record/reader.ts');
  const runs: NamedRun[] = [];
  for (const name of typed) {
    const directory = await locateRun(name, surroundings);
    if (await isOverall(directory))
      throw wrongUsage(`"${name}" is an overall run`, 'name one of its parts; its report.md links to them');
    runs.push({ name, run: await readRun(directory) });
  }
  return runs;
}
