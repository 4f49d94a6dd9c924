import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ownCommand } from '../../common/own-command.ts';
import { wrongUsage } from '../../common/explained-error.ts';
import type { NamedResults } from '../../reports/record/named-run.ts';
import { allScenarios, resolveUserPath, runsDirectory, type Surroundings } from '../surroundings.ts';
import { completing } from './completing.ts';
import { demandDocument, writtenLine } from './put-into.ts';
import { readAllResults } from './read-runs.ts';

/** The newest run of each scenario that disturbs engines; those without a run are left out. */
async function newestRuns(surroundings: Surroundings): Promise<NamedResults[]> {
  const names = allScenarios(surroundings.registry)
    .map(({ name }) => name)
    .filter((name) => existsSync(path.join(runsDirectory, name, 'latest', 'results.json')));
  if (names.length > 0) return readAllResults(names, surroundings);
  throw wrongUsage(
    'there is no run yet',
    `make some first, or name them: ${ownCommand('scenario', 'all')} makes one of each`,
  );
}

/** Those that have something to tell of engines, which a calibration has not. */
function ofEngines(runs: readonly NamedResults[]): NamedResults[] {
  return runs.filter(
    ({ results }) => results.scenario.disturbances.length > 0 && results.calibration === undefined,
  );
}

/** `report features`: what each engine can do, each row with the run that shows it. */
export function addFeatures(group: CommandUnknownOpts, surroundings: Surroundings): void {
  group
    .command('features')
    .summary('show what each engine can do, by the runs that show it')
    .description(
      'Writes a table of what each engine can do: a row for each disturbance, filled in by the iterations of a run, which the row names.',
    )
    .argument('[runs...]', 'the runs, each named as for "report" (the newest of each scenario)')
    .option('--into <file>', 'put the table into a Markdown document, between the markers of features')
    .action(async (typed, { into }: { readonly into?: string }) => {
      demandDocument({ ...(into === undefined ? {} : { into }) });
      const all =
        typed.length === 0 ? await newestRuns(surroundings) : await readAllResults(typed, surroundings);
      const complete = completing(surroundings.registry);
      const runs = ofEngines(all).map((run) => ({ ...run, results: complete(run.results) }));
      const document = into === undefined ? undefined : resolveUserPath(into, surroundings);
      const { featuresPage, featuresSubject } = await import('../../reports/render/features-page.ts');
      const { markdownText } = await import('../../reports/render/markdown.ts');
      const from = document === undefined ? resolveUserPath('.', surroundings) : path.dirname(document);
      const text = markdownText(featuresPage(runs, from));
      if (document === undefined) {
        surroundings.stdout.write(text);
        return;
      }
      const { findPlace, writePlace } = await import('../../reports/render/into/document.ts');
      const place = await findPlace(document, featuresSubject, 'Features');
      const written = await writePlace(document, featuresSubject, place, text);
      surroundings.stdout.write(`${writtenLine(written, surroundings)}\n`);
    });
}
