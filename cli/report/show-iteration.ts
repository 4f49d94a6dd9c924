import { wrongUsage } from '../../common/explained-error.ts';
import type { Surroundings } from '../surroundings.ts';

/** What `report RUN` was asked to show of one iteration. */
export interface IterationOptions {
  readonly iteration?: string;
  readonly allLogs?: true;
  readonly json?: true;
}

/** Refuses flags that only a timeline has use for. */
export function demandIteration({ iteration, allLogs, json }: IterationOptions): void {
  if (iteration !== undefined) return;
  const alone = allLogs === true ? '--all-logs' : json === true ? '--json' : undefined;
  if (alone !== undefined) throw wrongUsage(`${alone} is without --iteration`, 'add --iteration flux/12');
}

/** Writes the timelines of the iterations that `name` means, of the run in `directory`; its report stays as it is. */
export async function showIteration(
  directory: string,
  name: string,
  { allLogs, json }: IterationOptions,
  { stdout }: Surroundings,
): Promise<void> {
  const { readRun } = await import('../../reports/record/reader.ts');
  const { attribute } = await import('../../reports/attribution/attribute.ts');
  const { chooseIterations } = await import('../../reports/attribution/choose-iteration.ts');
  const { timelineText } = await import('../../reports/attribution/timeline-text.ts');
  const run = await readRun(directory);
  const iterations = chooseIterations(name, run.results);
  const timelines = await Promise.all(
    iterations.map(async (iteration) => attribute(run, iteration, allLogs === true)),
  );
  const notices = run.notices.map((notice) => `notice: ${notice}\n`);
  stdout.write(
    json === true
      ? `${JSON.stringify(timelines, null, 2)}\n`
      : `${notices.join('')}${timelines.map(timelineText).join('\n\n')}\n`,
  );
}
